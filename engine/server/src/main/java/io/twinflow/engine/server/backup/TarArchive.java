package io.twinflow.engine.server.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A backup as a tar. */
final class TarArchive implements Archive {

  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path part;
  private final TarArchiveOutputStream tar;
  private final Sums sums = new Sums();
  private boolean complete;

  static boolean isMeant(Path target) {
    String name = String.valueOf(target.getFileName());
    return name.endsWith(".tar") || isPacked(name);
  }

  private static boolean isPacked(String name) {
    return name.endsWith(".tar.gz") || name.endsWith(".tgz");
  }

  TarArchive(Path target) throws IOException {
    this.target = target;
    this.part = OwnPart.file(target);
    OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(part, StandardOpenOption.TRUNCATE_EXISTING), BUFFER);
    tar =
        new TarArchiveOutputStream(
            isPacked(String.valueOf(target.getFileName())) ? new GZIPOutputStream(out) : out,
            StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  @Override
  public void text(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
    sums.add(name, HexFormat.of().formatHex(Sums.digest().digest(bytes)));
  }

  @Override
  public long add(String name, Path source) throws IOException {
    CleanStop.check();
    PosixFileAttributes attributes =
        Files.readAttributes(source, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(source).toString());
      put(entry, attributes);
      tar.closeArchiveEntry();
      return 0;
    }
    if (attributes.isDirectory()) {
      put(new TarArchiveEntry(name + "/"), attributes);
      tar.closeArchiveEntry();
      return 0;
    }
    if (!attributes.isRegularFile()) {
      return 0;
    }
    try (InputStream in = Files.newInputStream(source)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(attributes.size());
      put(entry, attributes);
      sums.add(name, copy(in, attributes.size(), source));
      tar.closeArchiveEntry();
    }
    return attributes.size();
  }

  private void put(TarArchiveEntry entry, PosixFileAttributes attributes) throws IOException {
    entry.setMode(Modes.number(attributes.permissions()));
    entry.setLastModifiedTime(attributes.lastModifiedTime());
    tar.putArchiveEntry(entry);
  }

  /** As many bytes as were announced: what is added to a file meanwhile is not part of it. */
  private String copy(InputStream in, long size, Path source) throws IOException {
    MessageDigest digest = Sums.digest();
    byte[] buffer = new byte[BUFFER];
    long left = size;
    while (left > 0) {
      CleanStop.check();
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("%s became shorter while it was read".formatted(source));
      }
      tar.write(buffer, 0, read);
      digest.update(buffer, 0, read);
      left -= read;
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void complete() throws IOException {
    text(Sums.NAME, sums.text());
    tar.close();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    complete = true;
  }

  @Override
  public void close() throws IOException {
    if (!complete) {
      try {
        tar.close();
      } catch (IOException e) {
        // It is thrown away; the entry in work cannot be ended, or the disk is full.
        System.getLogger(TarArchive.class.getName())
            .log(System.Logger.Level.DEBUG, "{0} is given up: {1}", part, e.getMessage());
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}
