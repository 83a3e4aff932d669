package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.plan.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Blobs as files named by their digest. A file appears whole or not at all, and is there to stay
 * when {@link #put} returns: a journal may name it from then on.
 */
final class FileBlobs implements Blobs {

  private final Path folder;

  /** Known to be durable; what another process wrote may not be so yet. */
  private final Set<String> durable = new HashSet<>();

  FileBlobs(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized String put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sha256 = Digests.sha256(bytes);
    Path file = folder.resolve(sha256);
    if (durable.contains(sha256)) {
      return sha256;
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      SyncFolder.of(folder.resolveSibling(""));
    }
    if (!Files.exists(file)) {
      write(bytes, file);
    }
    SyncFolder.of(folder);
    durable.add(sha256);
    return sha256;
  }

  private void write(byte[] bytes, Path file) throws IOException {
    Path part = Files.createTempFile(folder, "new", ".part");
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
  }

  @Override
  public String get(String sha256) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder.resolve(sha256));
    } catch (NoSuchFileException e) {
      throw new DamagedJournalException("%s is missing".formatted(folder.resolve(sha256)), e);
    }
    if (!Digests.sha256(bytes).equals(sha256)) {
      throw new DamagedJournalException(
          "%s is damaged: its content does not have the digest that is its name"
              .formatted(folder.resolve(sha256)));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
