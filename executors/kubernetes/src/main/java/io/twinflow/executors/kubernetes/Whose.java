package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;

/** Whose pods are made by a template. */
sealed interface Whose {

  record One(AttemptKey attempt) implements Whose {}

  /** Those of an indexed Job: each learns by its index whose it is. */
  record ByIndex(String job) implements Whose {}
}
