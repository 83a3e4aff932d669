package io.twinflow.triggers.firing;

import io.twinflow.workflowdefs.expression.Evaluator;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * What makes runs of events in this server. All it knows is in the database: a server that is
 * killed leaves nothing half done that another, or itself later, does not finish.
 */
public final class Triggering implements AutoCloseable {

  private final Worker dispatching;
  private final Worker starting;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StartFirings start;
  private final ClaimFirings claim;
  private final Set<Claimed> inHand = ConcurrentHashMap.newKeySet();

  /**
   * @param instance this server's number among those that share the database
   */
  public Triggering(
      DataSource database, RunMaker runs, Decider decider, Evaluator evaluator, long instance) {
    Dispatch dispatch = new Dispatch(database, evaluator);
    this.claim = new ClaimFirings(database, runs, instance);
    this.start = new StartFirings(database, runs, decider, evaluator);
    this.starting = new Worker("start-firings", this::startNext);
    this.dispatching =
        new Worker(
            "dispatch-events",
            () -> {
              int events = dispatch.next();
              if (events > 0) {
                starting.ring();
              }
              return events > 0;
            });
  }

  /** One that takes long keeps none behind it. */
  private boolean startNext() throws IOException {
    List<Claimed> firings = claim.next(List.copyOf(inHand));
    inHand.addAll(firings);
    for (Claimed firing : firings) {
      threads.execute(() -> {
        try {
          start.start(firing);
        } finally {
          inHand.remove(firing);
          starting.ring();
        }
      });
    }
    return !firings.isEmpty();
  }

  public void start() {
    dispatching.start();
    starting.start();
  }

  /** There are new events in the inbox. Only to be quick: they are found all the same. */
  public void eventsCame() {
    dispatching.ring();
  }

  /** A run has ended, or something was changed by hand, and there may be firings to start. */
  public void lookAgain() {
    starting.ring();
  }

  @Override
  public void close() {
    dispatching.close();
    starting.close();
    threads.close();
  }
}
