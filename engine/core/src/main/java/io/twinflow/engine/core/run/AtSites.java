package io.twinflow.engine.core.run;

import io.twinflow.engine.core.site.Site;
import io.twinflow.executors.api.AttemptKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A run's attempts by site: those that are ready for it, those that it has, those it may forget.
 */
final class AtSites {

  private final Map<Site, Deque<LiveTask>> ready = new LinkedHashMap<>();
  private final Map<Site, Integer> there = new HashMap<>();
  private final Map<Site, List<AttemptKey>> over = new LinkedHashMap<>();

  /** The site of a task that was prepared. */
  static Site of(LiveTask task) {
    return Objects.requireNonNull(task.site, "an attempt has a site once it was prepared");
  }

  /** Why a task that was prepared goes where it goes. */
  static String reason(LiveTask task) {
    return Objects.requireNonNull(task.prepared).chosen().reason();
  }

  void ready(LiveTask task) {
    ready.computeIfAbsent(of(task), _ -> new ArrayDeque<>()).add(task);
  }

  int ready(Site site) {
    Deque<LiveTask> line = ready.get(site);
    return line == null ? 0 : line.size();
  }

  /** The next one for a site, if it goes there for this reason; null for any. */
  @Nullable LiveTask next(Site site, @Nullable String reason) {
    Deque<LiveTask> line = ready.get(site);
    LiveTask first = line == null ? null : line.peek();
    return line == null || first == null || (reason != null && !reason.equals(reason(first)))
        ? null
        : line.poll();
  }

  void arrived(LiveTask task) {
    there.merge(of(task), 1, Integer::sum);
  }

  void left(LiveTask task) {
    there.merge(of(task), -1, Integer::sum);
  }

  int there(Site site) {
    return there.getOrDefault(site, 0);
  }

  /** Over all sites. */
  int there() {
    return there.values().stream().mapToInt(Integer::intValue).sum();
  }

  void over(Site site, AttemptKey attempt) {
    over.computeIfAbsent(site, _ -> new ArrayList<>()).add(attempt);
  }

  /** Hands over what is over since this was last asked. */
  void drain(BiConsumer<Site, List<AttemptKey>> to) {
    over.forEach(to);
    over.clear();
  }
}
