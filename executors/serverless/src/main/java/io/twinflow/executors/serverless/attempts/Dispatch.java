package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends attempts when their turn has come, each until the site has it. */
final class Dispatch {

  private static final Logger LOG = System.getLogger(Dispatch.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A platform may start them elsewhere; then nothing is found, and nothing happens. */
  private static final int MORE_CALLS = 3;

  private final String site;
  private final Platform platform;
  private final Flights flights;
  private final Watch watch;
  private final Limits limits;
  private final Clock clock;
  private final boolean bringsHome;

  /**
   * @param bringsHome whether a second copy brings home what a dead one has left
   */
  Dispatch(
      String site,
      Platform platform,
      Flights flights,
      Watch watch,
      Limits limits,
      Clock clock,
      boolean bringsHome) {
    this.bringsHome = bringsHome;
    this.site = site;
    this.platform = platform;
    this.flights = flights;
    this.watch = watch;
    this.limits = limits;
    this.clock = clock;
  }

  void start() {
    Thread.ofVirtual().name("dispatch-" + site).start(this::again);
  }

  private void again() {
    try {
      for (var next = flights.next(); next.isPresent(); next = flights.next()) {
        Flight flight = next.get();
        Thread.ofVirtual()
            .name("send-" + flight.attempt().key().value())
            .start(() -> untilTheSiteHas(flight));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void untilTheSiteHas(Flight flight) {
    try {
      Instant begun = clock.instant();
      Duration pause = FIRST_PAUSE;
      while (!watch.hasStarted(flight)) {
        Sent.Later later = next(flight, begun);
        if (later == null) {
          bringHome(flight);
          return;
        }
        flights.goesOn(flight, Flight.Phase.WAITS, new TaskState.Queued(later.words()));
        if (!flights.pause(flight, longer(later.after(), pause))) {
          return;
        }
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The call is over and there is no result: who is called where it died sends what is there. */
  private void bringHome(Flight flight) throws InterruptedException {
    for (int call = 0; call < MORE_CALLS && isCutShort(flight); call++) {
      if (flights.pause(flight, limits.settle())) {
        next(flight, clock.instant());
      }
    }
  }

  private boolean isCutShort(Flight flight) {
    return bringsHome
        && flights.with(flight, f -> f.phase() == Flight.Phase.RUNS && f.overSince() != null);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Null when it needs not be sent again. */
  private Sent.@Nullable Later next(Flight flight, Instant begun) {
    try {
      Sent.Later later = send(flight);
      if (later != null && !later.parked()) {
        giveUpInTime(flight, later, Duration.between(clock.instant(), end(begun)));
      }
      return later;
    } catch (IOException e) {
      return new Sent.Later(Duration.ZERO, String.valueOf(e.getMessage()), false);
    }
  }

  private Instant end(Instant begun) {
    return begun.plus(limits.startWithin());
  }

  /** When its time is over, and when the site says that it will be before the site takes it. */
  private void giveUpInTime(Flight flight, Sent.Later later, Duration left) throws IOException {
    if (left.isNegative()) {
      giveUp(
          flight,
          FailureKind.INFRASTRUCTURE,
          "site %s did not take it within %d s: %s"
              .formatted(site, limits.startWithin().toSeconds(), later.words()));
    } else if (later.after().compareTo(left) > 0) {
      giveUp(
          flight,
          FailureKind.INFRASTRUCTURE,
          "site %s takes it in %d s at the earliest, and startWithin is %d s: %s"
              .formatted(
                  site,
                  later.after().toSeconds(),
                  limits.startWithin().toSeconds(),
                  later.words()));
    }
  }

  private void giveUp(Flight flight, FailureKind kind, String reason) throws IOException {
    watch.giveUp(flight, watch.failed(flight.attempt(), kind, reason));
  }

  private Sent.@Nullable Later send(Flight flight) throws IOException {
    Sent sent;
    try {
      sent = platform.send(flight.attempt());
      flights.setTrouble(null);
    } catch (SiteException e) {
      flights.setTrouble(e);
      return new Sent.Later(Duration.ZERO, String.valueOf(e.getMessage()), NoAccess.isBehind(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a call of site " + site + " is a defect", e);
      giveUp(flight, FailureKind.INTERNAL, "site %s cannot be called: %s".formatted(site, e));
      return null;
    }
    switch (sent) {
      case Sent.Taken taken ->
          flights.goesOn(
              flight, Flight.Phase.SENT, new TaskState.Queued("site %s has it".formatted(site)));
      case Sent.Over over -> watch.over(flight, over.words());
      case Sent.Refused refused -> giveUp(flight, refused.kind(), refused.reason());
      case Sent.Later later -> {
        return later;
      }
    }
    return null;
  }
}
