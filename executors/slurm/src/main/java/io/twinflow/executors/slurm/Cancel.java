package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.remote.AtOnce;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks Slurm to end jobs: whole arrays by one call, where nothing else of them goes on. */
record Cancel(Slurm slurm, Following following, Attempts attempts) {

  void all(List<Followed> unwanted) throws SiteException {
    keepFromStarting(unwanted);
    Map<Long, Set<Integer>> asked =
        unwanted.stream()
            .collect(
                Collectors.groupingBy(
                    Followed::job, Collectors.mapping(Followed::index, Collectors.toSet())));
    Map<Long, Set<Integer>> open = following.openIn(asked.keySet());
    Set<Long> whole = new HashSet<>();
    List<String> jobs = new ArrayList<>();
    for (Followed followed : unwanted) {
      long job = followed.job();
      Set<Integer> ended = asked.getOrDefault(job, Set.of());
      if (!followed.array() || !ended.containsAll(open.getOrDefault(job, Set.of()))) {
        jobs.add(followed.siteId());
      } else if (whole.add(job)) {
        jobs.add(Long.toString(job));
      }
    }
    if (!jobs.isEmpty()) {
      slurm.cancelAll(jobs);
    }
  }

  /** Slurm forgets tasks of an array that are cancelled before they start. */
  private void keepFromStarting(List<Followed> unwanted) throws SiteException {
    try {
      AtOnce.each(
          unwanted,
          followed -> attempts.revoke(followed.attempt(), BundleFolder.Revocation.CANCELLED));
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "what has not started cannot be kept from it: " + e.getMessage(),
          e);
    }
  }
}
