package io.twinflow.engine.server.runs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks archives of strangers: only files and folders, only below the folder, no more than the
 * bounds allow, however small the archive itself is.
 */
public final class Unpack {

  private static final int MOST_FILES = 20_000;
  private static final long MOST_BYTES = 4L << 30;

  /** Text packs well, but a small archive with very much in it is a trap. */
  private static final long ALWAYS_TAKEN = 64L << 20;

  private static final int MOST_PACKED = 200;
  private static final int TAR_MAGIC_AT = 257;

  private final Path folder;
  private final long most;
  private int files;
  private long bytes;

  private Unpack(Path folder, long size) {
    this.folder = folder;
    this.most = Math.min(MOST_BYTES, Math.max(ALWAYS_TAKEN, MOST_PACKED * size));
  }

  /** Whether a file begins as an archive that can be unpacked. */
  public static boolean isArchive(Path file) throws IOException {
    return kind(file) != Kind.NONE;
  }

  /**
   * @param archive ZIP, tar, or tar packed with gzip; told by its content
   * @throws BadUploadException if it is none of them, is damaged, or holds what is refused
   */
  public static void into(Path folder, Path archive) throws IOException, BadUploadException {
    Unpack unpack = new Unpack(folder, Files.size(archive));
    try {
      switch (kind(archive)) {
        case ZIP -> unpack.zip(archive);
        case TAR -> unpack.tar(Files.newInputStream(archive));
        case GZIP ->
            unpack.tar(
                new GzipCompressorInputStream(
                    new BufferedInputStream(Files.newInputStream(archive)), true));
        case NONE ->
            throw BadUploadException.wrong("this is no archive; expected ZIP, tar or tar.gz");
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw BadUploadException.wrong("the archive is damaged, or is of a kind not known here");
    } catch (java.nio.file.FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw BadUploadException.wrong("the archive is damaged or ends too early");
    }
  }

  private enum Kind {
    ZIP,
    TAR,
    GZIP,
    NONE
  }

  private static Kind kind(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(TAR_MAGIC_AT + 5);
    }
    if (start.length > 3 && start[0] == 'P' && start[1] == 'K' && start[2] <= 8) {
      return Kind.ZIP;
    }
    if (start.length > 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B) {
      return Kind.GZIP;
    }
    boolean tar =
        start.length == TAR_MAGIC_AT + 5
            && Arrays.equals(
                Arrays.copyOfRange(start, TAR_MAGIC_AT, start.length),
                new byte[] {'u', 's', 't', 'a', 'r'});
    return tar ? Kind.TAR : Kind.NONE;
  }

  private void zip(Path archive) throws IOException, BadUploadException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (entry.isUnixSymlink()) {
          throw link(entry.getName());
        }
        if (!zip.canReadEntryData(entry)) {
          throw BadUploadException.wrong(
              "\"%s\" in the archive is encrypted or packed in a way not known here"
                  .formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
          folder(entry.getName());
        } else {
          try (InputStream in = zip.getInputStream(entry)) {
            file(entry.getName(), in);
          }
        }
      }
    }
  }

  private void tar(InputStream in) throws IOException, BadUploadException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isDirectory()) {
          folder(entry.getName());
        } else if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
          file(entry.getName(), tar);
        } else if (!entry.isGlobalPaxHeader() && !entry.isPaxHeader()) {
          throw link(entry.getName());
        }
      }
    }
  }

  private static BadUploadException link(String name) {
    return BadUploadException.wrong(
        "\"%s\" in the archive is a link or a device; only files and folders are taken"
            .formatted(name));
  }

  private void count() throws BadUploadException {
    if (++files > MOST_FILES) {
      throw BadUploadException.tooLarge(
          "the archive holds more than %d files".formatted(MOST_FILES));
    }
  }

  private void folder(String name) throws IOException, BadUploadException {
    count();
    String bare = name.replaceAll("/+$", "").replaceFirst("^(\\./)+", "");
    if (!bare.isEmpty() && !bare.equals(".")) {
      Files.createDirectories(UploadNames.resolve(folder, bare));
    }
  }

  private void file(String name, InputStream in) throws IOException, BadUploadException {
    count();
    Path file = UploadNames.resolve(folder, name);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > most) {
          throw BadUploadException.tooLarge(
              "unpacked, the archive is larger than %d bytes".formatted(most));
        }
        out.write(buffer, 0, n);
      }
    } catch (FileAlreadyExistsException e) {
      throw BadUploadException.wrong("\"%s\" is twice in the archive".formatted(name));
    }
  }
}
