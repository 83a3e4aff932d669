package io.twinflow.engine.server.runs;

import io.twinflow.engine.dmn.Decided;
import io.twinflow.engine.dmn.DecisionException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Decides for one subject after the other. A table may keep a processor for seconds: so that takes
 * threads of its own, and of each subject one at a time.
 */
final class DecideInTurn implements AutoCloseable {

  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          5,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("decide-", 0).factory());

  /** A decision, with its inputs. */
  interface Question {
    Decided decide() throws DecisionException;
  }

  DecideInTurn() {
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws IOException if this server stops before it has decided
   */
  Decided decide(String subject, Question question) throws DecisionException, IOException {
    Semaphore turn = turns.computeIfAbsent(subject, name -> new Semaphore(1, true));
    try {
      turn.acquire();
      try {
        return threads.submit(question::decide).get();
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops, and has not decided", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DecisionException cannot) {
        throw cannot;
      }
      throw new IllegalStateException("the decision broke off", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
