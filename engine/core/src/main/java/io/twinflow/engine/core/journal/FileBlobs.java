package io.twinflow.engine.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Blobs as files named by their digest. A file appears whole or not at all. */
final class FileBlobs implements Blobs {

  private final Path folder;

  FileBlobs(Path folder) {
    this.folder = folder;
  }

  @Override
  public String put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = sha256(bytes);
    Path file = folder.resolve(sha256);
    if (Files.exists(file)) {
      return sha256;
    }
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, sha256.substring(0, 8), ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return sha256;
  }

  @Override
  public String get(String sha256) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder.resolve(sha256));
    } catch (NoSuchFileException e) {
      throw new DamagedJournalException("%s is missing".formatted(folder.resolve(sha256)), e);
    }
    if (!sha256(bytes).equals(sha256)) {
      throw new DamagedJournalException(
          "%s is damaged: its content does not have the digest that is its name"
              .formatted(folder.resolve(sha256)));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
