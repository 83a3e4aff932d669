package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does work beside the round, so that no process waits for what another has asked for. */
final class Aside implements AutoCloseable {

  private static final int AT_ONCE = 100;

  private final Processes processes;
  private final Duration within;
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param within longer than the work takes
   */
  Aside(Processes processes, Duration within) {
    this.processes = processes;
    this.within = within;
  }

  /** Returns at once; what does not come about because this server dies is begun again later. */
  void begin(Asked asked, Each.Deed deed) throws IOException {
    if (underWay.size() >= AT_ONCE || !underWay.add(asked.id())) {
      return;
    }
    boolean begun = false;
    try {
      processes.hold(asked.id(), within);
      threads.execute(() -> {
        try {
          Each.tryIt(asked.instance(), deed);
        } finally {
          underWay.remove(asked.id());
        }
      });
      begun = true;
    } finally {
      if (!begun) {
        underWay.remove(asked.id());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
