package io.twinflow.engine.server.api;

import java.io.IOException;

/** A body, or a part of it, is larger than what is taken. */
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(String words) {
    super(words);
  }

  BodyTooLargeException(long most) {
    this(
        "the body is larger than %d MiB; send large inputs as files of form data, which go to disk"
            .formatted(most >> 20));
  }
}
