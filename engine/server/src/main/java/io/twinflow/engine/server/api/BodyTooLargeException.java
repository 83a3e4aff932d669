package io.twinflow.engine.server.api;

import java.io.IOException;

/** A body passed the bound while it was read. */
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(long most) {
    super(
        "the body is larger than %d MiB; send large inputs as files of form data, which go to disk"
            .formatted(most >> 20));
  }
}
