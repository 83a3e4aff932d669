package io.twinflow.triggers.source;

import io.twinflow.executors.api.site.Finding;
import java.util.List;

/**
 * One configured place from which messages come. What it was given and has not acknowledged comes
 * again: it acknowledges, or stores its position, when the {@link Intake} has returned, and never
 * before.
 */
public interface Source extends AutoCloseable {

  /**
   * Begins to receive, and returns at once: one that cannot be reached is tried again until it is
   * closed, and {@link #state} says why.
   */
  void start(Intake intake);

  /** How it is now. Asks nobody. */
  SourceState state();

  /** Connects on its own and looks whether all that it needs is there and allowed. */
  List<Finding> check();

  /** Nothing is given to the intake when this has returned. */
  @Override
  void close();
}
