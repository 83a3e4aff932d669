package io.twinflow.engine.core.run;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.secret.Secrets;
import io.twinflow.engine.core.site.Sites;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.workflowdefs.expression.Evaluator;
import java.time.Clock;
import java.util.List;

/**
 * What a run works with; the same for all of its life in this engine.
 *
 * @param installation part of every key that a site sees
 * @param sites are shared with the other runs of this engine
 * @param shortcuts ways to outputs without an attempt, tried in order
 * @param committed is told when all that was decided is in the journal
 * @param cpu runs what computes; if its tasks wait for expressions elsewhere, they keep no other
 *     back
 * @param blocking runs what waits
 */
public record RunSetting(
    RunId run,
    String installation,
    Sites sites,
    TaskTools tools,
    Evaluator evaluator,
    Payloads payloads,
    Secrets secrets,
    List<Shortcut> shortcuts,
    RetryPolicy retries,
    Clock clock,
    Committed committed,
    java.util.concurrent.Executor cpu,
    java.util.concurrent.Executor blocking) {

  public RunSetting {
    shortcuts = List.copyOf(shortcuts);
  }

  AttemptKey attemptKey(long task, int attempt) {
    return new AttemptKey(installation, run.value(), task, attempt);
  }

  BatchKey batchKey(long batch) {
    return new BatchKey(installation, run.value(), batch);
  }
}
