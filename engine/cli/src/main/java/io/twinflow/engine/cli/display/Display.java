package io.twinflow.engine.cli.display;

/** Shows a run while it goes on. Safe for many threads. */
public interface Display extends AutoCloseable {

  /** A line that stays. */
  void say(String line);

  /** Shows the last state and leaves it standing. */
  @Override
  void close();
}
