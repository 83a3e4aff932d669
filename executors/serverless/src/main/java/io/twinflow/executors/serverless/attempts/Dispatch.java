package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Sends attempts when their turn has come, each until the site has it. */
final class Dispatch {

  private static final Logger LOG = System.getLogger(Dispatch.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final String site;
  private final Platform platform;
  private final Flights flights;
  private final Watch watch;
  private final Limits limits;
  private final Clock clock;

  Dispatch(
      String site, Platform platform, Flights flights, Watch watch, Limits limits, Clock clock) {
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
        Sent.Later later = send(flight);
        if (later == null) {
          return;
        }
        if (!later.parked() && begun.plus(limits.startWithin()).isBefore(clock.instant())) {
          watch.giveUp(
              flight,
              watch.failed(
                  flight.attempt(),
                  io.twinflow.executors.api.FailureKind.INFRASTRUCTURE,
                  "site %s did not take it within %d s: %s"
                      .formatted(site, limits.startWithin().toSeconds(), later.words())));
        }
        flights.goesOn(flight, Flight.Phase.WAITS, new TaskState.Queued(later.words()));
        Duration wait = later.after().compareTo(pause) > 0 ? later.after() : pause;
        if (!flights.pause(flight, wait)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the folder of {0} cannot be used: {1}", flight.attempt().key(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null when it needs not be sent again. */
  private Sent.@org.jspecify.annotations.Nullable Later send(Flight flight) throws IOException {
    Sent sent;
    try {
      sent = platform.send(flight.attempt());
      flights.setTrouble(null);
    } catch (SiteException e) {
      flights.setTrouble(e);
      return new Sent.Later(Duration.ZERO, String.valueOf(e.getMessage()), false);
    }
    switch (sent) {
      case Sent.Taken taken ->
          flights.goesOn(
              flight, Flight.Phase.SENT, new TaskState.Queued("site %s has it".formatted(site)));
      case Sent.Over over -> watch.over(flight, over.words());
      case Sent.Refused refused ->
          watch.giveUp(flight, watch.failed(flight.attempt(), refused.kind(), refused.reason()));
      case Sent.Later later -> {
        return later;
      }
    }
    return null;
  }
}
