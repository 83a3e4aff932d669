package io.twinflow.engine.server.keep;

import io.twinflow.engine.core.RunId;
import java.util.Set;

/**
 * Which runs others need, at one moment.
 *
 * @param byOpenRuns named in any way by runs that have not ended: they may still adopt from them,
 *     or read their files
 * @param files of which runs that are kept name files
 */
record References(Set<String> byOpenRuns, Set<String> files) {

  References {
    byOpenRuns = Set.copyOf(byOpenRuns);
    files = Set.copyOf(files);
  }

  boolean isNeededByOpenRun(RunId run) {
    return byOpenRuns.contains(run.value());
  }

  boolean keepsFiles(String run) {
    return byOpenRuns.contains(run) || files.contains(run);
  }
}
