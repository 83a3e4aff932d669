package io.twinflow.engine.server.seen.trace;

import io.twinflow.engine.core.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that follow from what they name: whichever server sends a trace, and however often, it is the
 * same trace.
 */
final class SpanIds {

  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  private final String run;

  SpanIds(RunId run) {
    this.run = run.value();
  }

  String trace() {
    return id("trace", TRACE_BYTES);
  }

  String submission() {
    return id("submission", SPAN_BYTES);
  }

  String run() {
    return id("run", SPAN_BYTES);
  }

  String task(long task) {
    return id("task " + task, SPAN_BYTES);
  }

  String attempt(long task, int attempt) {
    return id("task " + task + " attempt " + attempt, SPAN_BYTES);
  }

  private String id(String what, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((run + '\n' + what).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
