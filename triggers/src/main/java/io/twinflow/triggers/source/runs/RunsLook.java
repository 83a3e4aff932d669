package io.twinflow.triggers.source.runs;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.look.Look;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the ends of runs behind the position, which is stored with the events. */
final class RunsLook implements Look {

  private static final Duration EVERY = Duration.ofMillis(500);

  private final EndedRuns runs;
  private final RunResults results;

  RunsLook(EndedRuns runs, RunResults results) {
    this.runs = runs;
    this.results = results;
  }

  @Override
  public Duration look(Intake intake) throws IOException {
    Optional<String> stored = intake.position();
    if (stored.isEmpty()) {
      intake.take(List.of(), Long.toString(runs.now()));
      return EVERY;
    }
    long position = read(stored.get());
    EndedRuns.Some some = runs.after(position);
    List<Message> messages = new ArrayList<>();
    for (EndedRun run : some.runs()) {
      results.of(run.tenant(), run.id()).map(run::message).ifPresent(messages::add);
    }
    if (some.until() > position) {
      intake.take(messages, Long.toString(some.until()));
    }
    return some.more() ? Duration.ZERO : EVERY;
  }

  private static long read(String position) throws IOException {
    try {
      return Long.parseLong(position);
    } catch (NumberFormatException e) {
      throw new IOException("its position is no number: " + position, e);
    }
  }

  @Override
  public List<Finding> check() {
    try {
      return List.of(Finding.good("runs", "the journal is at position " + runs.now()));
    } catch (IOException e) {
      return List.of(
          Finding.problem("runs", String.valueOf(e.getMessage()), "see that the database runs"));
    }
  }
}
