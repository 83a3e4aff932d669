package io.twinflow.executors.slurm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the jobs of a batch, and the daemons of their nodes, said on standard error. */
record ErrorsLog(Path root) {

  private static final int TAIL = 2_000;

  /** The last line, ready to be appended to a message; empty if there is none. */
  String quoted(Followed followed) {
    Path file = BatchFolder.of(root, followed.batch()).errors();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer tail = ByteBuffer.allocate(TAIL);
      channel.read(tail, Math.max(0, channel.size() - TAIL));
      return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((a, b) -> b)
          .map(line -> "; its batch's errors end: " + line.strip())
          .orElse("");
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return "; %s cannot be read: %s".formatted(file, e.getMessage());
    }
  }
}
