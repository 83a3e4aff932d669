package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.kubernetes.Ground.Looked;
import java.io.IOException;
import java.time.Instant;

/**
 * An attempt whose end is not known yet.
 *
 * @param since when this engine began to follow it
 */
record Followed(
    AttemptKey attempt,
    Slot slot,
    BatchKey batch,
    Ground ground,
    String namespace,
    Instant queued,
    Instant since) {

  /** As an administrator of the cluster finds it. */
  String siteId() {
    return namespace + "/" + slot.name();
  }

  boolean isCancelled() {
    return ground.isCancelled(attempt);
  }

  void noteCancelled() throws IOException {
    ground.noteCancelled(attempt);
  }

  Looked look() throws IOException {
    return ground.look(attempt, queued);
  }
}
