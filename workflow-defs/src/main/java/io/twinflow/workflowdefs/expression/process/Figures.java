package io.twinflow.workflowdefs.expression.process;

import java.util.concurrent.atomic.LongAdder;

/** What the processes did since the start, for metrics. */
public final class Figures {

  private final LongAdder evaluated = new LongAdder();
  private final LongAdder started = new LongAdder();
  private final LongAdder lost = new LongAdder();

  void evaluated() {
    evaluated.increment();
  }

  void started() {
    started.increment();
  }

  void lost() {
    lost.increment();
  }

  /** Answers, also those that an expression cannot be evaluated. */
  public long evaluations() {
    return evaluated.sum();
  }

  /** Processes that were started. */
  public long starts() {
    return started.sum();
  }

  /** Processes that ended for no reason that is known. */
  public long losses() {
    return lost.sum();
  }
}
