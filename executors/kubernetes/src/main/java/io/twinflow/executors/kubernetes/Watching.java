package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watches, from the first attempt on, and a look at what nobody tells of. */
final class Watching implements AutoCloseable {

  private static final long TICK_SECONDS = 1;
  private static final long TICKS_TO_A_SWEEP = 600;

  private final Watches watches;
  private final Follow follow;
  private final Leftovers leftovers;
  private final Ground ground;
  private final String site;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kubernetes-tick").factory());
  private @Nullable ScheduledFuture<?> ticks;

  /** Of the one thread that ticks; it begins with a sweep. */
  private long toSweep;

  Watching(Watches watches, Follow follow, Leftovers leftovers, Ground ground, String site) {
    this.watches = watches;
    this.follow = follow;
    this.leftovers = leftovers;
    this.ground = ground;
    this.site = site;
  }

  synchronized void begin() {
    if (ticks == null) {
      watches.begin();
      ticks =
          clock.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void tick() {
    try {
      ground.refresh(follow.awaitingEnds());
      follow.tick(watches);
      if (watches.knowAll() && --toSweep < 0) {
        toSweep = TICKS_TO_A_SWEEP;
        leftovers.sweep(ground, watches.batches(), follow.all());
      }
    } catch (RuntimeException e) {
      System.getLogger(Watching.class.getName())
          .log(System.Logger.Level.ERROR, "a look at the Jobs failed; the next one follows", e);
    }
  }

  void throwTrouble() throws SiteException {
    var trouble = watches.takeTrouble();
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    Optional<String> store = ground.takeTrouble();
    if (store.isPresent()) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "site %s: results cannot be read: %s".formatted(site, store.get()));
    }
  }

  @Override
  public synchronized void close() {
    clock.shutdownNow();
    watches.close();
  }
}
