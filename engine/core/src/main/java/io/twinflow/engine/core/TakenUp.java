package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.saved.KeepFold;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run as its journal has it.
 *
 * @param listener of what comes now
 * @param keep saves the fold from time to time; empty if nobody would begin with it
 */
record TakenUp(RunFold fold, Consumer<Envelope> listener, Optional<KeepFold> keep) {}
