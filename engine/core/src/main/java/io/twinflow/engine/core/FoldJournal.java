package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Folds the journal of a run in one reading; its first event names the plan. */
final class FoldJournal {

  private final RunId run;
  private final PinnedPlans plans;
  private final Function<Payload, RecordValue> load;
  private final Consumer<Envelope> listener;
  private @Nullable RunFold fold;

  FoldJournal(
      RunId run,
      PinnedPlans plans,
      Function<Payload, RecordValue> load,
      Consumer<Envelope> listener) {
    this.run = run;
    this.plans = plans;
    this.load = load;
    this.listener = listener;
  }

  /**
   * @throws FailureException if the run was never completely made, or its definition cannot be read
   */
  RunFold of(Journal journal) throws FailureException, IOException {
    try {
      journal.read(0, this::apply);
    } catch (NoPlan e) {
      throw e.why;
    }
    if (fold == null) {
      throw RunFailures.neverMade(run);
    }
    return fold;
  }

  private void apply(Envelope envelope) {
    RunFold known = fold;
    if (known == null) {
      known = begin(envelope.event());
      fold = known;
    }
    known.apply(envelope);
    listener.accept(envelope);
  }

  private RunFold begin(Event first) {
    try {
      return new RunFold(plans.of(run, first), load);
    } catch (FailureException e) {
      throw new NoPlan(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the reading. */
  private static final class NoPlan extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureException why;

    NoPlan(FailureException why) {
      super(why);
      this.why = why;
    }
  }
}
