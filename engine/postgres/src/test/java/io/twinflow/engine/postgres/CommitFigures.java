package io.twinflow.engine.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the journal costs. */
final class CommitFigures implements JournalMeter {

  private final LongAdder appends = new LongAdder();
  private final LongAdder commits = new LongAdder();

  @Override
  public void committed(int appended, Duration took) {
    appends.add(appended);
    commits.increment();
  }

  long appends() {
    return appends.sum();
  }

  long commits() {
    return commits.sum();
  }
}
