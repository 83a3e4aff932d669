package io.twinflow.executors.local;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.local.process.ProcessIdentity;
import io.twinflow.executors.local.process.ProcessTree;
import io.twinflow.executors.local.process.ProcessTrees;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Surely ends what an engine that died left running, before anybody starts it anew. */
record StopRemains(AttemptPaths paths, Grounds grounds, Duration grace) {

  void of(List<AttemptKey> attempts) throws IOException, SiteException {
    if (attempts.isEmpty()) {
      return;
    }
    List<ProcessTree> trees = new ArrayList<>();
    for (AttemptKey attempt : attempts) {
      ProcessIdentity process = Records.readProcess(paths.folder(attempt).record()).orElse(null);
      trees.add(new ProcessTree(Marker.of(attempt).variable(), process));
    }
    boolean gone = new ProcessTrees(trees).stop(grace, LocalSite.PATIENCE);
    for (AttemptKey attempt : attempts) {
      gone &= grounds.stopRemains(attempt, paths.folder(attempt), grace);
    }
    if (!gone) {
      throw new SiteException(
          SiteException.Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "what an earlier engine started for %s cannot be stopped; look for %s in the environment of your processes, or for a container of that name"
              .formatted(attempts, Marker.NAME));
    }
  }
}
