package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.server.chores.Chore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Removes what puts into the store left behind when their servers died. */
@Component
final class AbandonUploads extends Chore {

  private static final Logger LOG = System.getLogger(AbandonUploads.class.getName());

  /** Longer than the largest file takes. */
  private static final Duration GRACE = Duration.ofDays(1);

  private static final Duration INTERVAL = Duration.ofHours(1);

  private final ArtifactStore store;

  AbandonUploads(ArtifactStore store) {
    super("abandon-uploads", INTERVAL);
    this.store = store;
  }

  @Override
  protected void once() {
    try {
      int abandoned = store.abandon(Instant.now().minus(GRACE));
      if (abandoned > 0) {
        LOG.log(Level.INFO, "{0} unfinished uploads were removed from the store", abandoned);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "unfinished uploads cannot be looked for: {0}", e.getMessage());
    }
  }
}
