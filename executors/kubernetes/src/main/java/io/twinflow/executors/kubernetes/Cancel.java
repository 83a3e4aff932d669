package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.kubernetes.PodView.Why;
import java.io.IOException;
import java.util.List;

/** Deletes Jobs whose attempts are not wanted any more; their tools are asked to end, then made. */
record Cancel(Api api, Follow follow) {

  void all(List<Followed> attempts) throws SiteException {
    for (Followed followed : attempts) {
      boolean started = !keptFromStarting(followed);
      follow.cancelled(followed);
      api.delete(followed.job());
      if (!started) {
        follow.neverStarted(
            followed, new Why(FailureKind.CANCELLED, "cancelled before it started"));
      }
    }
  }

  private static boolean keptFromStarting(Followed followed) throws SiteException {
    try {
      followed.noteCancelled();
      return followed.ground().revoke(followed.attempt(), Revocation.CANCELLED);
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "%s cannot be kept from starting: %s".formatted(followed.attempt(), e.getMessage()),
          e);
    }
  }
}
