package io.twinflow.triggers.source.dcache;

import java.io.IOException;

/** A channel is not there any more: it was away for too long, or the frontend was started anew. */
final class GoneException extends IOException {

  private static final long serialVersionUID = 1L;

  GoneException(String channel) {
    super("the frontend has forgotten channel " + channel);
  }
}
