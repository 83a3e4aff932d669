package io.twinflow.engine.server.tell;

import io.twinflow.engine.server.net.OutgoingUrls;

/** What became of something that was sent. */
public sealed interface Outcome {

  /** A server has answered, whatever it says. */
  record Answered(OutgoingUrls.Reply reply) implements Outcome {}

  /** A mail was taken for all its recipients. */
  record Taken() implements Outcome {}

  /** Not now; it may be sent again. */
  record Later(String problem) implements Outcome {}

  /** Not like this, however often it is sent. */
  record Refused(String problem) implements Outcome {}
}
