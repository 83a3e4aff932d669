package io.twinflow.engine.core.view;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Something in a run that failed by itself, not because something inside it did.
 *
 * @param address as in {@code /calibrate[17]/simulate}
 * @param task 0 if there was none yet
 * @param attempt the last one; 0 if there was none
 * @param execution null if nothing was run
 */
public record TaskFailure(
    String address, long task, int attempt, Failure failure, @Nullable Execution execution) {}
