package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into the folders of attempts, and asks the site about those that leave no result. */
final class Watch {

  /** For the tool to heed that it shall end; after that the site is asked to end it. */
  private static final Duration HEED = Duration.ofSeconds(20);

  /** What starts within that needs no words. */
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);

  private final String site;
  private final Platform platform;
  private final Ground ground;
  private final Flights flights;
  private final Limits limits;
  private final Clock clock;

  /** Of the one thread that looks again and again. */
  private Instant askWhyNot = Instant.MIN;

  Watch(
      String site, Platform platform, Ground ground, Flights flights, Limits limits, Clock clock) {
    this.site = site;
    this.platform = platform;
    this.ground = ground;
    this.flights = flights;
    this.limits = limits;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("watch-" + site).start(this::again);
  }

  private void again() {
    try {
      while (flights.awaitTurn()) {
        try {
          List<Flight> open = flights.admitted();
          lookAtAll(open);
          askSite(open.stream().filter(flights::isOpen).toList());
          askWhyNot(open);
        } catch (RuntimeException e) {
          // Without this thread no end would be known any more.
          flights.setTrouble(
              new SiteException(
                  SiteException.Certainty.NOTHING_HAPPENED,
                  FailureKind.INTERNAL,
                  "site %s cannot be looked at: %s".formatted(site, e),
                  e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever attaches to a batch knows soon what has ended already. */
  void lookAtThese(List<Attempt> attempts) {
    lookAtAll(attempts.stream().map(a -> flights.of(a.key())).flatMap(Optional::stream).toList());
  }

  private void lookAtAll(List<Flight> open) {
    try {
      Map<Attempt, Ground.Found> found = ground.find(open.stream().map(Flight::attempt).toList());
      for (Flight flight : open) {
        Ground.Found one = found.get(flight.attempt());
        if (one != null) {
          judge(flight, one);
        }
      }
    } catch (IOException e) {
      flights.setTrouble(unreadable(e));
    }
  }

  private SiteException unreadable(IOException e) {
    return new SiteException(
        SiteException.Certainty.NOTHING_HAPPENED,
        FailureKind.INFRASTRUCTURE,
        "site %s: what became of attempts cannot be read: %s".formatted(site, e.getMessage()),
        e);
  }

  private void askSite(List<Flight> open) {
    List<Attempt> sent = new ArrayList<>();
    for (Flight flight : open) {
      if (flights.with(flight, f -> f.phase() != Flight.Phase.WAITS)) {
        sent.add(flight.attempt());
      }
    }
    if (sent.isEmpty()) {
      return;
    }
    try {
      Map<Attempt, String> over = platform.over(sent);
      for (Flight flight : open) {
        String words = over.get(flight.attempt());
        if (words != null) {
          over(flight, words);
        }
      }
    } catch (SiteException e) {
      flights.setTrouble(e);
    }
  }

  /** The site says that it is over. */
  void over(Flight flight, String words) {
    flights.with(
        flight,
        f -> {
          f.over(words, clock.instant());
          return true;
        });
    look(flight);
  }

  /** Whether it has started somewhere, or has ended. */
  boolean hasStarted(Flight flight) {
    look(flight);
    return !flights.with(flight, f -> f.phase() != Flight.Phase.RUNS);
  }

  void look(Flight flight) {
    if (flights.isOpen(flight)) {
      try {
        judge(flight, ground.find(flight.attempt()));
      } catch (IOException e) {
        flights.setTrouble(unreadable(e));
      }
    }
  }

  private void judge(Flight flight, Ground.Found found) throws IOException {
    Attempt attempt = flight.attempt();
    switch (found) {
      case Ground.Found.Ended ended -> flights.end(flight, told(attempt, ended.result()));
      case Ground.Found.Revoked revoked ->
          flights.end(flight, neverStarted(attempt, revoked.why()));
      case Ground.Found.Claimed claimed -> {
        flights.goesOn(flight, Flight.Phase.RUNS, new TaskState.Running(attempt.queued(), site));
        isItTooLong(flight);
      }
      case Ground.Found.Nothing nothing -> shouldItHaveStarted(flight);
    }
  }

  /** What a site ends by itself has not failed; it is lost. */
  private TaskState told(Attempt attempt, TaskResult result) {
    if (!(result.outcome() instanceof TaskResult.Outcome.Failed failed)
        || failed.kind() != FailureKind.CANCELLED) {
      return new TaskState.Ended(result);
    }
    return ground.wasAskedToStop(attempt.key(), failed)
        ? new TaskState.Ended(
            new TaskResult(
                new TaskResult.Outcome.Failed(FailureKind.CANCELLED, "cancelled"),
                result.usage(),
                result.siteId(),
                result.imageDigest()))
        : new TaskState.Lost("site %s stopped it".formatted(site));
  }

  static TaskState cancelledBefore(Attempt attempt, Instant now) {
    return failed(attempt, FailureKind.CANCELLED, "cancelled before it started", now);
  }

  private TaskState neverStarted(Attempt attempt, BundleFolder.Revocation why) {
    return switch (why) {
      case CANCELLED -> cancelledBefore(attempt, clock.instant());
      case GIVEN_UP -> new TaskState.Lost("it was given up before it started");
    };
  }

  /** The end of an attempt that has left no result. */
  TaskState failed(Attempt attempt, FailureKind kind, String reason) {
    return failed(attempt, kind, reason, clock.instant());
  }

  private static TaskState failed(Attempt attempt, FailureKind kind, String reason, Instant ended) {
    return new TaskState.Ended(
        new TaskResult(
            new TaskResult.Outcome.Failed(kind, reason),
            new TaskResult.Usage("", attempt.queued(), null, ended, null, null),
            "",
            null));
  }

  /** Runs, and will it ever end? */
  private void isItTooLong(Flight flight) {
    Attempt attempt = flight.attempt();
    if (isPast(flight.overSince(), limits.settle()) && isLastCopyOver(flight)) {
      flights.end(
          flight,
          flight.stopAsked() == null
              ? new TaskState.Lost(flight.words())
              : failed(attempt, FailureKind.CANCELLED, "cancelled"));
    } else if (isPast(flight.stopAsked(), HEED)) {
      stopAtSite(flight);
    } else if (isPast(flight.since(), limits.endWithin())) {
      flights.end(
          flight,
          new TaskState.Lost(
              "it left no result within %s s, the longest that site %s lets an attempt run"
                  .formatted(limits.endWithin().toSeconds(), site)));
    }
  }

  /** A second copy that found the attempt claimed is over, too. */
  private boolean isLastCopyOver(Flight flight) {
    return flight.phase() == Flight.Phase.RUNS && platform.knowsEnds();
  }

  private void stopAtSite(Flight flight) {
    try {
      platform.stop(flight.attempt());
      if (isPast(flight.stopAsked(), HEED.multipliedBy(2))) {
        flights.end(
            flight,
            failed(
                flight.attempt(),
                FailureKind.CANCELLED,
                "cancelled; site %s did not say that it ended".formatted(site)));
      }
    } catch (SiteException e) {
      flights.setTrouble(e);
    }
  }

  /** The site says of one that waits there why it does, for all: sites list all jobs for that. */
  void askWhyNot(List<Flight> open) {
    Instant now = clock.instant();
    if (now.isBefore(askWhyNot)) {
      return;
    }
    for (Flight flight : open) {
      if (flights.with(flight, f -> f.phase() == Flight.Phase.SENT && isPast(f.since(), PROMPT))) {
        askWhyNot = now.plus(BETWEEN_QUESTIONS);
        String why = whyNot(flight.attempt());
        if (!why.isEmpty()) {
          flights.goesOn(
              flight,
              Flight.Phase.SENT,
              new TaskState.Queued(
                  "site %s has it, and has not started it%s".formatted(site, why)));
        }
        return;
      }
    }
  }

  private void shouldItHaveStarted(Flight flight) throws IOException {
    if (isPast(flight.overSince(), limits.settle())) {
      giveUp(flight, failed(flight.attempt(), FailureKind.USER, flight.words()));
    } else if (flight.phase() == Flight.Phase.SENT
        && isPast(flight.since(), limits.startWithin())) {
      giveUp(
          flight,
          failed(
              flight.attempt(),
              FailureKind.INFRASTRUCTURE,
              "site %s took it and did not start it within %d s%s"
                  .formatted(site, limits.startWithin().toSeconds(), whyNot(flight.attempt()))));
    }
  }

  private String whyNot(Attempt attempt) {
    try {
      String why = platform.whyNotStarted(attempt);
      return why.isEmpty() ? "" : ": " + why;
    } catch (SiteException e) {
      return ": " + e.getMessage();
    }
  }

  /** It ends like this, unless it starts at this moment. */
  void giveUp(Flight flight, TaskState end) throws IOException {
    if (ground.attempts().revoke(flight.attempt().key(), BundleFolder.Revocation.GIVEN_UP)) {
      flights.end(flight, end);
    }
  }

  private boolean isPast(@Nullable Instant since, Duration time) {
    return since != null && since.plus(time).isBefore(clock.instant());
  }
}
