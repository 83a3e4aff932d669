package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.fold.FoldState;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.SavedFolds;
import io.twinflow.engine.core.saved.SavedFold;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;

/**
 * Begins the fold of a run with a saved one and reads only what came after it. Whatever does not
 * fit is a reason to read all of the journal, and never one to fail.
 */
final class FoldFromSaved {

  private static final Logger LOG = System.getLogger(FoldFromSaved.class.getName());

  private final RunId run;
  private final PinnedPlans plans;
  private final Function<Payload, RecordValue> load;
  private final SavedFold form;
  private final SavedFolds folds;
  private boolean any;

  FoldFromSaved(
      RunId run,
      PinnedPlans plans,
      Function<Payload, RecordValue> load,
      SavedFold form,
      SavedFolds folds) {
    this.run = run;
    this.plans = plans;
    this.load = load;
    this.form = form;
    this.folds = folds;
  }

  /** Whether there was something saved, of use or not. */
  boolean isAny() {
    return any;
  }

  /** Empty if nothing was saved, or nothing that fits. */
  Optional<RunFold> of(Journal journal) throws FailureException {
    try {
      Optional<InputStream> saved = folds.newest();
      any = saved.isPresent();
      if (saved.isEmpty()) {
        return Optional.empty();
      }
      FoldState state = form.read(saved.get());
      check(state.sequence() <= journal.head(), "the journal ends before event", state);
      RunFold fold = new RunFold(plans.of(run, state.created()), load, state);
      journal.read(state.sequence() - 1, envelope -> apply(envelope, state, fold));
      check(
          fold.sequence() == journal.head(),
          "the journal was not read to its end from event",
          state);
      return Optional.of(fold);
    } catch (IOException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the saved fold of run {0} is of no use, and all of its journal is read: {1}",
          run,
          e.getMessage());
      return Optional.empty();
    }
  }

  /** The last event that is in the fold must be the one that stands in the journal. */
  private static void apply(Envelope envelope, FoldState state, RunFold fold) {
    if (envelope.sequence() > state.sequence()) {
      fold.apply(envelope);
    } else {
      check(
          envelope.time().equals(state.at()),
          "it is not of this journal, which has another event",
          state);
    }
  }

  private static void check(boolean holds, String otherwise, FoldState state) {
    if (!holds) {
      throw new IllegalStateException(otherwise + " " + state.sequence());
    }
  }
}
