package io.twinflow.triggers.source.dcache;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream (HTML Standard, "Server-sent events").
 *
 * @param id null if it has none, and so does not count as the last one
 */
record Frame(String event, @Nullable String id, String data) {

  /** Whoever sends more in one event is no frontend. */
  private static final int LONGEST = 1 << 20;

  private static final String USUAL = "message";

  /** The next one; null at the end of the stream. */
  static @Nullable Frame read(BufferedReader lines) throws IOException {
    String event = USUAL;
    String id = null;
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (any) {
          return new Frame(event, id, data.toString());
        }
        event = USUAL;
        id = null;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> event = value;
        case "id" -> id = value;
        case "data" -> {
          data.append(data.isEmpty() ? "" : "\n").append(value);
          any = true;
        }
        default -> {
          // A comment, or what this version does not know: the standard says to pass it over.
        }
      }
      if (data.length() > LONGEST) {
        throw new IOException(
            "an event of the stream has more than %d characters".formatted(LONGEST));
      }
    }
    return null;
  }
}
