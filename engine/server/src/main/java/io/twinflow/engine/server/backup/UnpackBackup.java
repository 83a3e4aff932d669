package io.twinflow.engine.server.backup;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar that was made as a backup, and compares every byte with its digest. Nothing is
 * written outside the folder, whoever made the archive.
 */
final class UnpackBackup {

  private static final int BUFFER = 1 << 16;

  private record Look(int mode, FileTime modified) {}

  private final Path folder;
  private final Sums sums = new Sums();
  private final Map<Path, Look> folders = new LinkedHashMap<>();
  private @Nullable String listed;

  private UnpackBackup(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws IOException if the archive is none, is incomplete or was changed
   */
  static void into(Path folder, Path archive) throws IOException {
    UnpackBackup unpack = new UnpackBackup(folder);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(raw), "UTF-8")) {
      unpack.all(tar, archive);
    } catch (EOFException | ZipException e) {
      throw new IOException("%s is damaged: %s".formatted(archive, e.getMessage()), e);
    }
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    raw.mark(2);
    int first = raw.read();
    int second = raw.read();
    raw.reset();
    return first == 0x1f && second == 0x8b ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  private void all(TarArchiveInputStream tar, Path archive) throws IOException {
    boolean begun = false;
    TarArchiveEntry entry = next(tar, archive, begun);
    while (entry != null) {
      CleanStop.check();
      if (!begun && !entry.getName().equals(Manifest.NAME)) {
        throw noBackup(archive);
      }
      begun = true;
      unpack(entry, tar);
      entry = next(tar, archive, begun);
    }
    if (!begun) {
      throw noBackup(archive);
    }
    if (listed == null) {
      throw new IOException(
          "%s is damaged: it ends before its list of digests; was it copied whole?"
              .formatted(archive));
    }
    sums.mustBe(listed);
    for (Map.Entry<Path, Look> made : folders.entrySet()) {
      look(made.getKey(), made.getValue());
    }
  }

  private static @Nullable TarArchiveEntry next(
      TarArchiveInputStream tar, Path archive, boolean begun) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (EOFException | ZipException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw begun
          ? new IOException("%s is damaged: %s".formatted(archive, e.getMessage()), e)
          : noBackup(archive);
    }
  }

  private static IOException noBackup(Path archive) {
    return new IOException(
        "%s is no backup of Twinflow: expected a tar or a folder that begins with %s"
            .formatted(archive, Manifest.NAME));
  }

  private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
    Path place = place(entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(place);
      folders.put(place, new Look(entry.getMode(), entry.getLastModifiedTime()));
      return;
    }
    Files.createDirectories(place.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
      return;
    }
    if (!entry.isFile()) {
      throw new IOException("the backup is damaged: %s is no file".formatted(entry.getName()));
    }
    if (entry.getName().equals(Sums.NAME)) {
      listed = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return;
    }
    try (DigestOutputStream out =
        new DigestOutputStream(Files.newOutputStream(place), Sums.digest())) {
      copy(content, out);
      sums.add(entry.getName(), HexFormat.of().formatHex(out.getMessageDigest().digest()));
    }
    look(place, new Look(entry.getMode(), entry.getLastModifiedTime()));
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int read;
    while ((read = in.read(buffer)) >= 0) {
      CleanStop.check();
      out.write(buffer, 0, read);
    }
  }

  /** Links among the parents could lead elsewhere; a backup never has files behind its links. */
  private Path place(String name) throws IOException {
    Path place = folder.resolve(name).normalize();
    if (!place.startsWith(folder) || place.equals(folder)) {
      throw new IOException("the backup is damaged: %s leads out of it".formatted(name));
    }
    Path parent = folder;
    for (Path part : folder.relativize(place)) {
      if (Files.isSymbolicLink(parent)) {
        throw new IOException("the backup is damaged: %s lies behind a link".formatted(name));
      }
      parent = parent.resolve(part);
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(place)) {
      throw new IOException("the backup is damaged: %s is in it twice".formatted(name));
    }
    return place;
  }

  private static void look(Path path, Look look) throws IOException {
    Files.setPosixFilePermissions(path, Modes.permissions(look.mode()));
    Files.setLastModifiedTime(path, look.modified());
  }
}
