package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.OpenTask;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/**
 * Wakes whoever waits for news of a run that executes in this server. What happened is read from
 * the journal; this only says that there is something to read.
 */
@Component
public final class RunNews {

  private final Map<RunId, List<Runnable>> waiting = new ConcurrentHashMap<>();
  private final List<RunWatcher> watchers;

  RunNews(List<RunWatcher> watchers) {
    this.watchers = List.copyOf(watchers);
  }

  /** This server carries the run from now on. */
  void takenUp(RunId run, Collection<OpenTask> open) {
    watchers.forEach(watcher -> watcher.takenUp(run, open));
  }

  /** This server carries the run no longer. */
  public void left(RunId run) {
    watchers.forEach(watcher -> watcher.left(run));
  }

  /** This server made the run. */
  void submitted(RunId run, Instant received) {
    watchers.forEach(watcher -> watcher.submitted(run, received));
  }

  void tell(Envelope envelope) {
    watchers.forEach(watcher -> watcher.happened(envelope));
    wake(envelope.run());
  }

  /** There is something to read of a run that this server need not carry. */
  public void wake(RunId run) {
    List<Runnable> wakes = waiting.get(run);
    if (wakes != null) {
      wakes.forEach(Runnable::run);
    }
  }

  /** From now on {@code wake} is called after each commit, until what is returned is closed. */
  public Subscription listen(RunId run, Runnable wake) {
    waiting.computeIfAbsent(run, id -> new CopyOnWriteArrayList<>()).add(wake);
    return () ->
        waiting.computeIfPresent(
            run,
            (id, wakes) -> {
              wakes.remove(wake);
              return wakes.isEmpty() ? null : wakes;
            });
  }

  /** Ends by closing. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
