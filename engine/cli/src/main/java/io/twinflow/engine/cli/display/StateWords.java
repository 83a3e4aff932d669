package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.RunState;

/** The state of a run in a word. */
public final class StateWords {

  private StateWords() {}

  public static String of(RunState state) {
    return switch (state) {
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case CANCELLING -> "cancelling";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }
}
