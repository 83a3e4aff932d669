package io.twinflow.engine.core.run;

import io.twinflow.engine.core.fold.StepProgress;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import java.util.List;
import java.util.Optional;

/** What the loop of a run is told. */
sealed interface Message {

  record Evaluated(StepProgress progress, int shard, int iteration, Evaluation result)
      implements Message {}

  record Prepared(long task, int attempt, Preparation result) implements Message {}

  /** The site has a batch. */
  record Submitted(long batch, BatchHandle handle) implements Message {}

  /** The site could not be asked about a batch, or refused it. */
  record SiteFailed(long batch, SiteException cause) implements Message {}

  /** What a site knows of a batch that was intended. */
  record Found(long batch, Optional<BatchHandle> handle) implements Message {}

  /** A batch has been at its site for as long as anything may wait there. */
  record QueuedLong(long batch) implements Message {}

  /** It is time to ask the site about a batch again. */
  record AskAgain(long batch) implements Message {}

  record Observed(List<Observation> observations) implements Message {}

  /** The observations of a site fail. */
  record SiteTrouble(String site, String text) implements Message {}

  /** It is time to tell what waits at a site, and for what. */
  record LookAtWaiting(String site) implements Message {}

  record Concluded(long task, int attempt, Conclusion result) implements Message {}

  /** It is time for the next attempt. */
  record Retry(long task) implements Message {}

  record Cancel(String reason) implements Message {}

  /** The site did not take a cancel; it is asked again until the bound. */
  record CancelFailed(String text) implements Message {}

  record CancelAgain() implements Message {}

  /** The sites had their time to confirm a cancel. */
  record CancelOverdue() implements Message {}

  record Pause() implements Message {}

  record Proceed() implements Message {}

  /** There is room at the site for attempts that had to wait. */
  record Turn() implements Message {}

  /** Wakes a loop that has been told to stop. */
  record Stop() implements Message {}

  /** An effect died of a defect; the run is parked. */
  record Crashed(Throwable cause) implements Message {}
}
