package io.twinflow.executors.testing;

import org.junit.jupiter.api.Assumptions;

/** A part of the executors' contract. */
interface Contract {

  Bench bench();

  /** Skips a test that needs something the executor has opted out of. */
  default void needs(Feature feature) {
    Assumptions.assumeTrue(
        bench().offers(feature), () -> "this executor has opted out of " + feature);
  }
}
