package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import java.time.Instant;
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
  private final Heard heard;
  private final Leftovers leftovers;
  private final Batches batches;
  private final Ground ground;
  private final String site;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kubernetes-tick").factory());
  private @Nullable ScheduledFuture<?> ticks;

  /** Of the one thread that ticks; it begins with a sweep. */
  private long toSweep;

  Watching(
      Watches watches,
      Follow follow,
      Heard heard,
      Leftovers leftovers,
      Batches batches,
      Ground ground,
      String site) {
    this.watches = watches;
    this.follow = follow;
    this.heard = heard;
    this.leftovers = leftovers;
    this.batches = batches;
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
    heard.again();
    heard.runOnce("the ground of site " + site, () -> ground.refresh(follow.awaitingEnds()));
    heard.runOnce("what site " + site + " follows", () -> follow.tick(watches));
    heard.runOnce("the queue of site " + site, watches::tick);
    if (watches.knowAll() && --toSweep < 0) {
      toSweep = TICKS_TO_A_SWEEP;
      heard.runOnce(
          "what a crash left at site " + site,
          () ->
              leftovers.sweep(
                  ground, watches.batches(), follow.jobs(), batches::has, Instant.now()));
    }
  }

  boolean hears() {
    return watches.hears();
  }

  void throwTrouble() throws SiteException {
    var trouble = watches.takeTrouble();
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    Optional<String> other =
        ground
            .takeTrouble()
            .map(words -> "site %s: results cannot be read: %s".formatted(site, words))
            .or(watches::takeQueueTrouble)
            .or(() -> heard.takeWords().map(words -> "site %s: %s".formatted(site, words)));
    if (other.isPresent()) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED, FailureKind.INFRASTRUCTURE, other.get());
    }
  }

  @Override
  public synchronized void close() {
    clock.shutdownNow();
    watches.close();
  }
}
