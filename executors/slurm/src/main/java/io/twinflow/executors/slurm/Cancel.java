package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.util.List;

/** Asks Slurm to end jobs, each array task by itself. */
record Cancel(Slurm slurm) {

  void all(List<Followed> attempts) throws SiteException {
    for (Followed followed : attempts) {
      keepFromStarting(followed);
      try {
        slurm.cancel(followed.siteId());
      } catch (SiteException e) {
        // Slurm refuses to end what has ended; that is observed.
        if (e.kind() != FailureKind.USER) {
          throw e;
        }
      }
    }
  }

  /** Slurm forgets tasks of an array that are cancelled before they start. */
  private static void keepFromStarting(Followed followed) throws SiteException {
    try {
      followed.folder().revoke(BundleFolder.Revocation.CANCELLED);
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "%s cannot be kept from starting: %s".formatted(followed.attempt(), e.getMessage()),
          e);
    }
  }
}
