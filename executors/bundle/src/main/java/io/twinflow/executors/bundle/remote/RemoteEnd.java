package io.twinflow.executors.bundle.remote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.bundle.GivenEnd;
import io.twinflow.executors.bundle.GivenEnd.Taking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Claims and ends attempts in a place that run without the script. */
public final class RemoteEnd {

  private static final int MOST_RECORD = 1 << 20;
  private static final byte[] CLAIM = bytes(new RemoteClaim("elsewhere", "").text());

  private final ObjectPlace place;
  private final RemoteNames names;

  RemoteEnd(ObjectPlace place, RemoteNames names) {
    this.place = place;
    this.names = names;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @return false if it had been claimed otherwise before
   */
  public boolean claim(AttemptKey attempt) throws IOException {
    return place.putIfAbsent(names.claim(attempt), CLAIM);
  }

  /**
   * The same end may be given again.
   *
   * @throws IOException if it is not known what became of it; it may be given again
   */
  public Taking give(AttemptKey attempt, GivenEnd end, Instant now) throws IOException {
    if (place.find(names.order(attempt)).isEmpty()) {
      return Taking.OVER;
    }
    Optional<String> before = record(attempt);
    if (before.isPresent()) {
      return end.compare(before.get());
    }
    if (!claim(attempt)) {
      return Taking.OVER;
    }
    String files = "";
    if (end instanceof GivenEnd.Outputs outputs) {
      byte[] object = bytes(outputs.object());
      if (!place.putIfAbsent(names.out(attempt, GivenEnd.OBJECT), object)) {
        return Taking.ANOTHER;
      }
      files =
          "f=%d %s %s %s\n"
              .formatted(
                  object.length,
                  GivenEnd.digest("SHA-1", object),
                  GivenEnd.digest("SHA-256", object),
                  GivenEnd.OBJECT);
    }
    place.putIfAbsent(names.record(attempt), bytes(end.record(now, files)));
    return end.compare(record(attempt).orElse(""));
  }

  private Optional<String> record(AttemptKey attempt) throws IOException {
    return place
        .get(names.record(attempt), MOST_RECORD)
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }
}
