package io.twinflow.triggers.source.dcache;

import java.io.IOException;

/** The user of a source may not see a folder. */
final class DeniedException extends IOException {

  private static final long serialVersionUID = 1L;

  DeniedException(String message) {
    super(message);
  }
}
