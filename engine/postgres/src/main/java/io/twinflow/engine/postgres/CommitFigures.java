package io.twinflow.engine.postgres;

import java.util.concurrent.atomic.LongAdder;

/** How the journal is written: for metrics and benchmarks. Counts since the start. */
public final class CommitFigures {

  private final LongAdder appends = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void committed(int appended, long took) {
    appends.add(appended);
    commits.increment();
    nanos.add(took);
  }

  public long appends() {
    return appends.sum();
  }

  /** Transactions; each carries one statement. */
  public long commits() {
    return commits.sum();
  }

  /** Seconds from the start of each transaction to its commit, added up. */
  public double seconds() {
    return nanos.sum() / 1e9;
  }
}
