package io.twinflow.triggers.firing;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Makes runs: what triggers need of an engine. */
public interface RunMaker {

  /** A name that no run has. */
  String newRun();

  /**
   * What a run is to be.
   *
   * @param run its name: asked for twice, also by another server, it is one run
   * @param inputs the input object in JSON
   * @param options in JSON, as the REST API takes them
   */
  record Order(
      String run,
      String tenant,
      String subject,
      String workflow,
      String inputs,
      String options,
      Map<String, String> labels) {}

  /**
   * The run is durable when this returns.
   *
   * @throws CannotStartException if the same would fail again, with the reason
   * @throws IOException if it can be tried again later
   */
  void make(Order order) throws CannotStartException, IOException;

  /**
   * A message to a process that goes on, or a signal to all that listen.
   *
   * @param key given twice, also by another server, it is one
   * @param content in JSON: {@code values}, and of a message {@code run} or {@code where}
   */
  record Told(String key, String tenant, String subject, String name, String content) {}

  /**
   * @return the run of the process that has got it, now or before; empty if none waits for it
   * @throws CannotStartException if the same would fail again, with the reason
   * @throws IOException if it can be tried again later
   */
  Optional<String> tell(Told message) throws CannotStartException, IOException;

  /**
   * @return how many processes have got it, now or before
   * @throws CannotStartException if the same would fail again, with the reason
   * @throws IOException if it can be tried again later
   */
  int signal(Told signal) throws CannotStartException, IOException;

  /** Asks for the end of a run; one that has ended stays as it is. */
  void cancel(String tenant, String run, String reason) throws IOException;
}
