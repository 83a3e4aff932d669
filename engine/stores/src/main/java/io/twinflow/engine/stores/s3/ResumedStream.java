package io.twinflow.engine.stores.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * A content of known size over as many connections as it takes: one that breaks is followed by one
 * that begins where it broke. Ends exactly at the size. For one thread.
 */
final class ResumedStream extends InputStream {

  private static final int BREAKS = 5;

  private final S3Words words;
  private final String object;
  private final long size;
  private final Opening opening;
  private long at;
  private int breaks;
  private @Nullable InputStream in;

  /** Asks for the content from a byte on. */
  @FunctionalInterface
  interface Opening {
    InputStream from(long first) throws IOException;
  }

  /** The first connection is made at once, so that what is not there is said at once. */
  ResumedStream(S3Words words, String object, long size, long first, Opening opening)
      throws IOException {
    this.words = words;
    this.object = object;
    this.size = size;
    this.at = first;
    this.opening = opening;
    if (at < size) {
      in = opening.from(at);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at < size) {
      try {
        InputStream now = in == null ? opening.from(at) : in;
        in = now;
        int n = now.read(buffer, offset, (int) Math.min(length, size - at));
        if (n > 0) {
          at += n;
          return n;
        }
        throw new IOException("the content ended after %d of %d bytes".formatted(at, size));
      } catch (NoSuchFileException | AccessDeniedException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        close();
        breaks++;
        if (breaks > BREAKS) {
          throw words.of(object, e);
        }
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    InputStream now = in;
    in = null;
    if (now != null) {
      now.close();
    }
  }
}
