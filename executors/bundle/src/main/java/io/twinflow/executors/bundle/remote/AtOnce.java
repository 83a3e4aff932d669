package io.twinflow.executors.bundle.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Asks a store for many things, some at a time. */
public final class AtOnce {

  private static final int MOST = 16;

  private AtOnce() {}

  /** One of them. */
  public interface Question<T> {
    void ask(T about) throws IOException;
  }

  /**
   * All are asked; returns when all have an answer.
   *
   * @throws IOException of one that failed
   */
  public static <T> void each(Collection<T> all, Question<T> question) throws IOException {
    if (all.size() == 1) {
      question.ask(all.iterator().next());
      return;
    }
    List<Future<Void>> asked = new ArrayList<>();
    Semaphore free = new Semaphore(MOST);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T one : all) {
        asked.add(
            workers.submit(() -> {
              free.acquire();
              try {
                question.ask(one);
                return null;
              } finally {
                free.release();
              }
            }));
      }
    }
    for (Future<Void> one : asked) {
      try {
        one.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
