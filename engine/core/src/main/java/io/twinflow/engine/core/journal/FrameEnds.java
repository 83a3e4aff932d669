package io.twinflow.engine.core.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The first and the last frame of a journal file, without reading those between. The last is looked
 * for from the end: a head whose length leads to the very end of the file. Payloads are JSON, which
 * has no zero bytes, so nothing in one looks like the head of a frame of less than 16 MiB.
 */
final class FrameEnds {

  private static final int FIRST_WINDOW = 8 * 1024;
  private static final int LAST_WINDOW = 16 * 1024 * 1024;
  private static final int GROWTH = 8;

  private FrameEnds() {}

  /** Null if the file has no whole frame. */
  static byte @Nullable [] first(Path file, FileChannel channel) throws IOException {
    // Not closed: the channel is the caller's.
    InputStream in = Channels.newInputStream(channel.position(0));
    byte[][] found = new byte[1][];
    try {
      Frames.scan(
          file,
          in,
          (payload, offset) -> {
            found[0] = payload;
            throw new EOFException("enough");
          });
    } catch (EOFException e) {
      return found[0];
    }
    return null;
  }

  /** Null if the file does not end with a whole frame. */
  static byte @Nullable [] last(FileChannel channel) throws IOException {
    long size = channel.size();
    long least = Frames.MAGIC.length;
    for (long window = FIRST_WINDOW; ; window *= GROWTH) {
      long from = Math.max(least, size - Math.min(window, LAST_WINDOW));
      ByteBuffer tail = read(channel, from, (int) (size - from));
      for (int at = tail.limit() - Frames.HEAD; at >= 0; at--) {
        if (tail.getInt(at) == tail.limit() - at - Frames.HEAD && Frames.isWhole(tail, at)) {
          byte[] payload = new byte[tail.limit() - at - Frames.HEAD];
          tail.get(at + Frames.HEAD, payload);
          return payload;
        }
      }
      if (from == least || window >= LAST_WINDOW) {
        return null;
      }
    }
  }

  /** Where the second frame begins. */
  static long endsOfFirst(byte[] first) {
    return Frames.MAGIC.length + Frames.HEAD + (long) first.length;
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.max(0, length));
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, from + buffer.position());
    }
    return buffer.flip();
  }
}
