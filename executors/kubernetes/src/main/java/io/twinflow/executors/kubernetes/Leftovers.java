package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.SiteException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Deletes Jobs that nobody needs any more, behind whoever says so. */
final class Leftovers implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Leftovers.class.getName());
  private static final int AT_ONCE = 8;

  private final Api api;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("kubernetes-leftovers-", 0).factory());

  Leftovers(Api api) {
    this.api = api;
  }

  void delete(String job) {
    try {
      workers.execute(() -> now(job));
    } catch (RejectedExecutionException e) {
      // The engine ends; the next one sweeps.
      LOG.log(Level.DEBUG, "Job {0} stays", job);
    }
  }

  private void now(String job) {
    try {
      api.delete(job);
    } catch (SiteException e) {
      LOG.log(Level.INFO, "Job {0} stays for now: {1}", job, e.getMessage());
    }
  }

  /**
   * What a crash left: Jobs of this folder whose batch is released. A batch is written down before
   * its first Job is created.
   *
   * @param jobs with their batches
   * @param followed are needed
   */
  void sweep(Path root, Map<String, String> jobs, Collection<String> followed) {
    jobs.forEach((job, batch) -> {
      if (!batch.isEmpty() && !followed.contains(job) && !BatchFile.of(root, batch).exists()) {
        delete(job);
      }
    });
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
