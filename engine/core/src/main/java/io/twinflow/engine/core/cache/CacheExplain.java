package io.twinflow.engine.core.cache;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.cache.CacheExplanation.Compared;
import io.twinflow.engine.core.cache.CacheExplanation.Difference;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.view.Addresses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Explains hits and misses of the call cache from the journals: each task's key is compared with
 * the calls of the same step in earlier runs, and the nearest is the one that differs least.
 */
public final class CacheExplain {

  private static final int RUNS = 20;
  private static final int CALLS = 1_000;

  private record Call(
      RunId run, long task, String address, String step, @Nullable CacheKey key, Origin origin) {}

  private final Engine engine;

  public CacheExplain(Engine engine) {
    this.engine = engine;
  }

  /**
   * @param step a step's address such as {@code /calibrate}, with or without a shard; or its name
   * @throws FailureException if the run's journal cannot be read
   */
  public List<CacheExplanation> explain(RunId run, String step) throws FailureException {
    String wanted = step.startsWith("/") ? step : "/" + step;
    List<Call> calls =
        calls(run).stream()
            .filter(call ->
                call.address().equals(wanted)
                    || call.step().equals(wanted)
                    || call.step().endsWith(wanted))
            .toList();
    List<Call> earlier = earlier(run, calls);
    return calls.stream().map(call -> explain(call, earlier)).toList();
  }

  private List<Call> earlier(RunId run, List<Call> calls) throws FailureException {
    List<Call> earlier = new ArrayList<>();
    int looked = 0;
    for (RunId other : engine.runs()) {
      if (other.value().compareTo(run.value()) < 0 && looked < RUNS && earlier.size() < CALLS) {
        looked++;
        for (Call call : calls(other)) {
          if (call.key() != null
              && calls.stream().anyMatch(mine -> mine.step().equals(call.step()))) {
            earlier.add(call);
          }
        }
      }
    }
    return earlier;
  }

  private static CacheExplanation explain(Call call, List<Call> earlier) {
    Optional<Origin> hit =
        switch (call.origin()) {
          case Origin.Cached cached -> Optional.of(cached);
          case Origin.Adopted adopted -> Optional.of(adopted);
          case Origin.Executed _ -> Optional.empty();
          case Origin.Evaluated _ -> Optional.empty();
        };
    CacheKey key = call.key();
    @Nullable Call nearest = null;
    List<Difference> least = List.of();
    if (key != null) {
      for (Call other : earlier) {
        if (other.step().equals(call.step()) && other.key() != null) {
          List<Difference> differences = differences(key, other.key());
          if (nearest == null || differences.size() < least.size()) {
            nearest = other;
            least = differences;
          }
        }
      }
    }
    return new CacheExplanation(
        call.task(),
        call.address(),
        hit,
        key != null,
        Optional.ofNullable(nearest)
            .map(other -> new Compared(other.run(), other.task(), other.address())),
        least);
  }

  private static List<Difference> differences(CacheKey here, CacheKey there) {
    SortedSet<String> names = new TreeSet<>(here.components().keySet());
    names.addAll(there.components().keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      String mine = here.components().getOrDefault(name, "-");
      String other = there.components().getOrDefault(name, "-");
      if (!mine.equals(other)) {
        differences.add(new Difference(name, mine, other));
      }
    }
    return differences;
  }

  private List<Call> calls(RunId run) throws FailureException {
    Addresses addresses = new Addresses();
    Map<Long, String> open = new HashMap<>();
    List<Call> calls = new ArrayList<>();
    engine.read(
        run,
        envelope -> {
          addresses.accept(envelope.event());
          if (envelope.event() instanceof Event.TaskCreated created) {
            open.put(created.task(), addresses.of(created.place()));
          } else if (envelope.event() instanceof Event.TaskSucceeded done) {
            String address = open.remove(done.task());
            if (address != null && !(done.origin() instanceof Origin.Evaluated)) {
              calls.add(
                  new Call(
                      run,
                      done.task(),
                      address,
                      address.replaceAll("\\[\\d+]|#\\d+", ""),
                      done.cacheKey(),
                      done.origin()));
            }
          }
          addresses.forget(envelope.event());
        });
    return calls;
  }
}
