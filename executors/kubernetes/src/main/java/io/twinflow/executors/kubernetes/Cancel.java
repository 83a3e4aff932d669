package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes Jobs whose attempts are not wanted any more, or single pods of a Job of which others go
 * on; their tools are asked to end, then made.
 */
record Cancel(Api api, Follow follow) {

  void all(List<Followed> attempts) throws SiteException {
    Map<String, List<Followed>> byJob = new LinkedHashMap<>();
    for (Followed followed : attempts) {
      byJob.computeIfAbsent(followed.slot().job(), job -> new ArrayList<>()).add(followed);
    }
    for (Map.Entry<String, List<Followed>> one : byJob.entrySet()) {
      ofJob(one.getKey(), one.getValue());
    }
  }

  private void ofJob(String job, List<Followed> attempts) throws SiteException {
    List<Followed> unstarted = new ArrayList<>();
    for (Followed followed : attempts) {
      if (keptFromStarting(followed)) {
        unstarted.add(followed);
      }
      follow.cancelled(followed);
    }
    List<AttemptKey> keys = attempts.stream().map(Followed::attempt).toList();
    if (follow.areAll(job, keys)) {
      api.delete(job);
    } else {
      for (Followed followed : attempts) {
        for (String pod : follow.pods(followed)) {
          api.deletePod(pod);
        }
      }
    }
    unstarted.forEach(followed ->
        follow.neverStarted(
            followed, new Why(FailureKind.CANCELLED, "cancelled before it started")));
  }

  private static boolean keptFromStarting(Followed followed) throws SiteException {
    try {
      followed.noteCancelled();
      return followed.ground().attempts().revoke(followed.attempt(), Revocation.CANCELLED);
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "%s cannot be kept from starting: %s".formatted(followed.attempt(), e.getMessage()),
          e);
    }
  }
}
