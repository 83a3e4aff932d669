package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.local.process.ProcessIdentity;
import io.twinflow.executors.local.process.ProcessTree;
import java.io.IOException;
import java.time.Duration;

/** Surely ends what an engine that died left running, before anybody starts it anew. */
final class StopRemains {

  private StopRemains() {}

  static void of(AttemptKey attempt, AttemptFolder folder, Grounds grounds, Duration grace)
      throws IOException, SiteException {
    ProcessIdentity process = Records.readProcess(folder.process()).orElse(null);
    ProcessTree tree = new ProcessTree(Marker.of(attempt).variable(), process);
    boolean gone =
        tree.stop(grace, LocalSite.PATIENCE) && grounds.stopRemains(attempt, folder, grace);
    if (!gone) {
      throw new SiteException(
          SiteException.Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "what an earlier engine started for %s cannot be stopped; look for %s in the environment of your processes, or at %s"
              .formatted(attempt, Marker.of(attempt).variable(), folder.path()));
    }
  }
}
