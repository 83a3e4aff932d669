package io.twinflow.executors.api.files;

import io.twinflow.executors.api.OutputFolder.Identity;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Both digests of a file in one pass over its bytes, in a bounded buffer. Large files are left to
 * libcrypto where the machine has it: Java's own digests are fast only in code of the second
 * compiler, which a quick start does without (docs/performance.md).
 */
public final class FileDigests {

  private static final int BUFFER = 128 * 1024;
  private static final int SMALLEST_BUFFER = 512;

  /** Bytes from which on loading libcrypto is repaid at once. */
  private static final long LARGE = 4L * 1024 * 1024;

  private FileDigests() {}

  /**
   * @throws java.nio.channels.ClosedByInterruptException soon after the thread was interrupted
   */
  public static Identity of(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      @Nullable LibCrypto crypto = size < LARGE ? null : LibCrypto.loaded();
      return crypto == null ? inJava(in, size) : inNative(in, crypto);
    }
  }

  static Identity inJava(FileChannel in, long size) throws IOException {
    int room = (int) Math.clamp(size + 1, SMALLEST_BUFFER, BUFFER);
    return through(in, new JavaSums(), ByteBuffer.allocate(room));
  }

  static Identity inNative(FileChannel in, LibCrypto crypto) throws IOException {
    try (Arena arena = Arena.ofConfined();
        NativeSums sums = new NativeSums(crypto)) {
      return through(in, sums, arena.allocate(BUFFER).asByteBuffer());
    }
  }

  private static Identity through(FileChannel in, Sums sums, ByteBuffer buffer) throws IOException {
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      sums.add(buffer.flip());
      buffer.clear();
      size += read;
    }
    HexFormat hex = HexFormat.of();
    return new Identity(hex.formatHex(sums.sha1()), hex.formatHex(sums.sha256()), size);
  }
}
