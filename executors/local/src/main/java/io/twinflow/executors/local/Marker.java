package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;

/** The variable in the environment of all that an attempt starts, by which it is found again. */
record Marker(String value) {

  static final String NAME = "TWINFLOW_ATTEMPT";

  static Marker of(AttemptKey key) {
    return new Marker(key.value());
  }

  String variable() {
    return NAME + "=" + value;
  }
}
