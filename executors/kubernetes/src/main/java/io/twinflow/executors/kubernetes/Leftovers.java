package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.SiteException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/** Deletes what nobody needs any more, behind whoever says so. */
final class Leftovers implements Unwanted, AutoCloseable {

  private static final Logger LOG = System.getLogger(Leftovers.class.getName());
  private static final int AT_ONCE = 8;

  /** Longer than a task may wait, and a Job is kept that has ended. */
  private static final Duration LONG_GONE = Duration.ofDays(60);

  private final Api api;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("kubernetes-leftovers-", 0).factory());

  Leftovers(Api api) {
    this.api = api;
  }

  @Override
  public void job(String name) {
    later("Job " + name, () -> api.delete(name));
  }

  @Override
  public void pod(String name) {
    later("pod " + name, () -> api.deletePod(name));
  }

  /**
   * What a crash left: Jobs of this folder whose batch is released, and batches that nobody has
   * released though their Jobs are long gone. A batch is written down before its first Job is
   * created.
   *
   * @param jobs with their batches
   * @param followed are needed
   * @param isHeld whether this engine has a batch
   */
  void sweep(
      Ground ground,
      Map<String, String> jobs,
      Collection<String> followed,
      Predicate<String> isHeld,
      Instant now) {
    Map<String, String> strangers = new HashMap<>(jobs);
    strangers.keySet().removeAll(followed);
    try {
      Map<String, Instant> known = ground.batches();
      Set<String> released = new HashSet<>();
      strangers.forEach((job, batch) -> {
        if (!batch.isEmpty() && !known.containsKey(batch)) {
          job(job);
          released.add(batch);
        }
      });
      released.forEach(batch -> deleteSecret(ground, batch));
      Set<String> alive = new HashSet<>(jobs.values());
      for (Map.Entry<String, Instant> one : known.entrySet()) {
        String batch = one.getKey();
        if (one.getValue().plus(LONG_GONE).isBefore(now)
            && !alive.contains(batch)
            && !isHeld.test(batch)) {
          deleteSecret(ground, batch);
          ground.forget(batch);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.INFO, "nothing more is swept now: {0}", e.getMessage());
    }
  }

  /** Of a batch. */
  void deleteSecret(Ground ground, String batch) {
    if (ground.pods().hasSecrets()) {
      later("Secret " + batch, () -> api.deleteSecret(batch));
    }
  }

  private interface Deletion {
    void run() throws SiteException;
  }

  private void later(String what, Deletion deletion) {
    try {
      workers.execute(() -> {
        try {
          deletion.run();
        } catch (SiteException e) {
          LOG.log(Level.INFO, "{0} stays for now: {1}", what, e.getMessage());
        }
      });
    } catch (RejectedExecutionException e) {
      // The engine ends; the next one sweeps.
      LOG.log(Level.DEBUG, "{0} stays", what);
    }
  }

  /** What was begun is finished, for a moment. */
  @Override
  public void close() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
