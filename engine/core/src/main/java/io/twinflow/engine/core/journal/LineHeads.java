package io.twinflow.engine.core.journal;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * What can be told of the events of an append without reading them: their lines begin with the
 * sequence and the type, and one JSON line has no line break in it.
 */
final class LineHeads {

  private static final byte[] SEQUENCE = ascii("{\"seq\":");
  private static final byte[] OWNED = ascii(",\"type\":\"RunOwned\"");

  private LineHeads() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Where the first event begins, behind the line of the append's id. */
  static int firstLine(byte[] payload) {
    return next(payload, 0);
  }

  private static int next(byte[] payload, int from) {
    int at = from;
    while (at < payload.length && payload[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, payload.length);
  }

  /** The sequence of the last event; empty if the lines have to be read to know it. */
  static OptionalLong last(byte[] payload) {
    long last = -1;
    for (int at = firstLine(payload); at < payload.length; at = next(payload, at)) {
      last = last < 0 ? sequence(payload, at) : last + 1;
      if (last < 0) {
        return OptionalLong.empty();
      }
    }
    return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
  }

  /** Whether one of the events may be that an engine took the run. */
  static boolean mayOwn(byte[] payload) {
    for (int at = firstLine(payload); at < payload.length; at = next(payload, at)) {
      int digits = at + SEQUENCE.length;
      while (digits < payload.length && payload[digits] >= '0' && payload[digits] <= '9') {
        digits++;
      }
      if (startsWith(payload, digits, OWNED)) {
        return true;
      }
    }
    return false;
  }

  private static long sequence(byte[] payload, int line) {
    if (!startsWith(payload, line, SEQUENCE)) {
      return -1;
    }
    long sequence = 0;
    int at = line + SEQUENCE.length;
    for (; at < payload.length && payload[at] >= '0' && payload[at] <= '9'; at++) {
      sequence = 10 * sequence + payload[at] - '0';
    }
    return at > line + SEQUENCE.length ? sequence : -1;
  }

  private static boolean startsWith(byte[] payload, int at, byte[] start) {
    if (payload.length - at < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (payload[at + i] != start[i]) {
        return false;
      }
    }
    return true;
  }
}
