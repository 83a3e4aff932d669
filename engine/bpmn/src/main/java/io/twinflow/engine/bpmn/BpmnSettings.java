package io.twinflow.engine.bpmn;

import java.time.Duration;

/**
 * What processes may take of a machine.
 *
 * @param threads for timers and other jobs; requests use their own thread
 * @param connections to the database, at most
 * @param look how often it is looked for timers that are due
 * @param patience seconds between the three tries of a job that fails
 */
public record BpmnSettings(int threads, int connections, Duration look, int patience) {

  /** Flowable's own default for {@code look} is 10 s, which is how late a timer would be. */
  public static final BpmnSettings STANDARD = new BpmnSettings(4, 8, Duration.ofSeconds(1), 10);

  public BpmnSettings {
    if (threads < 1 || connections < threads + 2) {
      throw new IllegalArgumentException(
          "expected at least one thread, and two connections more than threads; found %d threads and %d connections"
              .formatted(threads, connections));
    }
  }
}
