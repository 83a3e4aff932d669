package io.twinflow.engine.server.api;

import java.io.IOException;
import java.io.InputStream;

/** Looks into streams without holding them. */
final class Streams {

  private static final int BUFFER = 1 << 16;
  private static final int MOST_LINES = 1_000_000;

  private Streams() {}

  /** So many bytes come until the end; files are not read for it. */
  static long size(InputStream in) throws IOException {
    long size = 0;
    for (long n = in.skip(Long.MAX_VALUE >> 1); n > 0; n = in.skip(Long.MAX_VALUE >> 1)) {
      size += n;
    }
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      size += n;
    }
    return size;
  }

  /** Where the last lines begin; a last line need not be ended. */
  static long startOfLast(InputStream in, int lines) throws IOException {
    int most = Math.min(lines, MOST_LINES);
    long[] starts = new long[most + 1];
    long at = 0;
    int count = 0;
    boolean fresh = true;
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (fresh) {
          starts[count++ % starts.length] = at + i;
          fresh = false;
        }
        fresh |= buffer[i] == '\n';
      }
      at += n;
    }
    if (most == 0) {
      return at;
    }
    return count <= most ? 0 : starts[(count - most) % starts.length];
  }
}
