package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.place.ObjectPlace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A log whose parts a site has put one after the other, each named by the position of its first
 * byte. Where two senders were at work, parts overlap, and what was read already is passed over.
 */
final class RemoteLog extends InputStream {

  private static final String POSITION = "[0-9]{1,18}";

  private final ObjectPlace place;
  private final int start;
  private final Deque<ObjectPlace.Found> parts;
  private InputStream in = new ByteArrayInputStream(new byte[0]);
  private long at;

  private RemoteLog(ObjectPlace place, int start, List<ObjectPlace.Found> parts) {
    this.place = place;
    this.start = start;
    this.parts = new ArrayDeque<>(parts);
  }

  /**
   * @param prefix of all parts
   */
  static InputStream open(ObjectPlace place, String prefix) throws IOException {
    List<ObjectPlace.Found> parts =
        place.list(prefix).stream()
            .filter(part -> part.name().substring(prefix.length()).matches(POSITION))
            .toList();
    return new RemoteLog(place, prefix.length(), parts);
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
    while (true) {
      int n = in.read(buffer, offset, length);
      if (n > 0) {
        at += n;
        return n;
      }
      in.close();
      ObjectPlace.Found next = parts.poll();
      if (next == null) {
        return -1;
      }
      long first = Long.parseLong(next.name().substring(start));
      long read = Math.max(0, at - first);
      at = Math.max(at, first);
      in = read < next.size() ? place.open(next, read) : new ByteArrayInputStream(new byte[0]);
    }
  }

  @Override
  public void close() throws IOException {
    parts.clear();
    in.close();
  }
}
