package io.twinflow.triggers.source.schedule;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.look.Look;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Makes events of the times that have come. */
final class ScheduleLook implements Look {

  private static final Logger LOG = System.getLogger(ScheduleLook.class.getName());

  /** For a schedule that never comes again, as for any other that is long away. */
  private static final Duration LONG = Duration.ofDays(1);

  private final String name;
  private final Plan plan;
  private final Clock clock;

  ScheduleLook(String name, Plan plan, Clock clock) {
    this.name = name;
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public Duration look(Intake intake) throws IOException {
    Instant now = clock.instant();
    Optional<String> stored = intake.position();
    Instant position = stored.isEmpty() ? now : read(stored.get());
    Due due = Due.of(plan, position, now);
    if (stored.isEmpty() || due.until().isAfter(position)) {
      intake.take(due.taken().stream().map(plan::message).toList(), due.until().toString());
    }
    if (due.left() > 0) {
      LOG.log(
          Level.WARNING,
          "source {0}: {1} times up to {2} passed while nobody was there, and are no events; a backfill makes them such",
          name,
          due.left(),
          due.until());
    }
    return plan.times()
        .next(due.until())
        .map(next -> Duration.between(clock.instant(), next))
        .orElse(LONG);
  }

  private static Instant read(String position) throws IOException {
    try {
      return Instant.parse(position);
    } catch (DateTimeParseException e) {
      throw new IOException("its position is no time: " + position, e);
    }
  }

  @Override
  public List<Finding> check() {
    return List.of(
        plan.times()
            .next(clock.instant())
            .map(next -> Finding.good("cron", "next at " + local(next)))
            .orElseGet(() -> Finding.problem("cron", "no day is ever as it says", "mend cron:")));
  }

  private String local(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(plan.times().zone()));
  }
}
