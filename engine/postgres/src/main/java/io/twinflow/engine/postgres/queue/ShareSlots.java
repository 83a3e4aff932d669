package io.twinflow.engine.postgres.queue;

import io.twinflow.engine.core.turns.SlotLimits;
import io.twinflow.engine.core.turns.SlotLimits.Quota;
import io.twinflow.engine.core.turns.SlotUse;
import io.twinflow.engine.core.turns.Turns;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.queue.Bound.Kind;
import io.twinflow.engine.postgres.queue.SlotShares.Share;
import io.twinflow.engine.postgres.queue.SlotShares.Thing;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps limits of tasks together with the other engines of the database. Each says what it wants of
 * what is limited and takes its fair share; who has more gives it back as its tasks end, and before
 * anybody else may have it. An engine that dies gives back all with its lease.
 */
public final class ShareSlots {

  private final Sql sql;
  private final String tenant;
  private final SlotShares shares;
  private final long instance;
  private final Turns turns;

  /** What may be handed out here; what was granted is more while tasks beyond it go on. */
  private Map<Thing, Integer> quotas = Map.of();

  private boolean limited;

  /**
   * @param instance the number of this engine among those that share the database
   */
  public ShareSlots(Sql sql, String tenant, long instance, Turns turns) {
    this.sql = sql;
    this.tenant = tenant;
    this.instance = instance;
    this.turns = turns;
    this.shares = new SlotShares(tenant, instance);
  }

  /**
   * Once around; called again and again by one thread.
   *
   * @return whether anything is limited
   */
  public boolean round() throws IOException {
    Bounds bounds = Bounds.read(sql, tenant);
    if (!bounds.limitTasks()) {
      if (limited) {
        turns.limit(SlotLimits.NONE);
        quotas = Map.of();
        sql.inTransaction(connection -> {
          shares.write(connection, Map.of());
          return true;
        });
        limited = false;
      }
      return false;
    }
    limited = true;
    quotas =
        sql.inTransaction(connection -> {
          long moment = shares.lock(connection);
          List<Share> others = shares.others(connection);
          Map<Thing, SlotUse> wanted = limitedUse(bounds);
          Map<Thing, Integer> targets = new HashMap<>();
          wanted.forEach(
              (thing, use) -> targets.put(thing, target(bounds, thing, use, others, moment)));
          // From here on nothing is handed out that will not be this engine's when this commits.
          turns.limit(limits(bounds, smaller(targets)));
          Map<Thing, Share> mine = new HashMap<>();
          limitedUse(bounds)
              .forEach((thing, use) ->
                  mine.put(thing, share(bounds, thing, use, targets.getOrDefault(thing, 0))));
          shares.write(connection, mine);
          return targets;
        });
    turns.limit(limits(bounds, quotas));
    return true;
  }

  private Map<Thing, SlotUse> limitedUse(Bounds bounds) {
    Map<Thing, SlotUse> use = new HashMap<>();
    turns
        .use()
        .forEach((kind, byName) ->
            byName.forEach((name, slots) -> {
              Thing thing = new Thing(Kind.valueOf(kind.name()), name);
              if (limit(bounds, thing) != Integer.MAX_VALUE) {
                use.put(thing, slots);
              }
            }));
    return use;
  }

  private int target(Bounds bounds, Thing thing, SlotUse use, List<Share> others, long moment) {
    int limit = limit(bounds, thing);
    Map<Long, Integer> wants = new HashMap<>();
    int taken = 0;
    for (Share other : others) {
      if (other.thing().equals(thing)) {
        wants.put(other.instance(), Math.min(limit, other.wants()));
        taken += other.granted();
      }
    }
    wants.put(instance, wants(limit, use));
    int fair = FairShare.of(limit, wants, moment).getOrDefault(instance, 0);
    return Math.clamp(limit - taken, 0, fair);
  }

  private static int wants(int limit, SlotUse use) {
    return (int) Math.min(limit, (long) use.taken() + use.wanted());
  }

  private Share share(Bounds bounds, Thing thing, SlotUse use, int target) {
    return new Share(
        thing, instance, wants(limit(bounds, thing), use), Math.max(target, use.taken()));
  }

  private Map<Thing, Integer> smaller(Map<Thing, Integer> targets) {
    Map<Thing, Integer> smaller = new HashMap<>();
    targets.forEach(
        (thing, target) -> smaller.put(thing, Math.min(target, quotas.getOrDefault(thing, 0))));
    return smaller;
  }

  private static SlotLimits limits(Bounds bounds, Map<Thing, Integer> here) {
    Map<Thing, Integer> kept = Map.copyOf(here);
    return (kind, name) -> {
      Thing thing = new Thing(Kind.valueOf(kind.name()), name);
      int all = limit(bounds, thing);
      return all == Integer.MAX_VALUE
          ? Quota.NONE
          : new Quota(Math.min(all, kept.getOrDefault(thing, 0)), all);
    };
  }

  private static int limit(Bounds bounds, Thing thing) {
    return bounds.tasks(thing.kind(), thing.name());
  }
}
