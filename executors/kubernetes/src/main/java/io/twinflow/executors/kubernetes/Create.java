package io.twinflow.executors.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.bundle.AttemptFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Creates Jobs, several at once after the first has shown that it can be done. */
record Create(Api api) {

  private static final int AT_ONCE = 16;

  /**
   * @return the Jobs that were refused by themselves, and why
   * @throws SiteException if no more can be created now; those that were are as they are
   */
  Map<String, AttemptFailure> all(List<Job> jobs) throws SiteException {
    Map<String, AttemptFailure> refused = new LinkedHashMap<>();
    if (jobs.isEmpty()) {
      return refused;
    }
    one(jobs.getFirst(), refused);
    List<Future<Map<String, AttemptFailure>>> rest = new ArrayList<>();
    Semaphore free = new Semaphore(AT_ONCE);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Job job : jobs.subList(1, jobs.size())) {
        rest.add(
            workers.submit(() -> {
              Map<String, AttemptFailure> own = new LinkedHashMap<>();
              free.acquire();
              try {
                one(job, own);
              } finally {
                free.release();
              }
              return own;
            }));
      }
    }
    for (Future<Map<String, AttemptFailure>> one : rest) {
      refused.putAll(result(one));
    }
    return refused;
  }

  private void one(Job job, Map<String, AttemptFailure> refused) throws SiteException {
    try {
      api.create(job);
    } catch (AttemptFailure e) {
      refused.put(job.getMetadata().getName(), e);
    }
  }

  private static <T> T result(Future<T> done) throws SiteException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SiteException site) {
        throw site;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
