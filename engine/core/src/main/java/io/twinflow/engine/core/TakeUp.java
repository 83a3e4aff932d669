package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.Payloads;
import io.twinflow.engine.core.journal.SavedFolds;
import io.twinflow.engine.core.saved.KeepFold;
import io.twinflow.engine.core.saved.SavedFold;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Folds the journal of a run that is about to be executed: from its first event for who wants to
 * hear them all, else from a saved fold if there is one.
 */
final class TakeUp {

  private static final Executor BACKGROUND =
      task -> Thread.ofPlatform().daemon().name("save-fold").start(task);

  private final JournalStore store;
  private final PinnedPlans plans;
  private final SavingRule rule;

  TakeUp(JournalStore store, PinnedPlans plans, SavingRule rule) {
    this.store = store;
    this.plans = plans;
    this.rule = rule;
  }

  /** The listener is told all events that there are. */
  TakenUp told(RunId run, Journal journal, Payloads payloads, Consumer<Envelope> listener)
      throws FailureException, IOException {
    RunFold fold = new FoldJournal(run, plans, payloads::load, listener).of(journal);
    return new TakenUp(fold, listener, Optional.empty());
  }

  /** The follower is told what is open. */
  TakenUp followed(RunId run, Journal journal, Payloads payloads, Engine.Follower follower)
      throws FailureException, IOException {
    long start = System.nanoTime();
    SavedFolds folds = store.folds(run);
    SavedFold form = new SavedFold(run, Instance.version());
    boolean looks = journal.head() >= rule.leastEvents();
    FoldFromSaved saved = new FoldFromSaved(run, plans, payloads::load, form, folds);
    Optional<RunFold> quick = looks ? saved.of(journal) : Optional.empty();
    RunFold fold =
        quick.isPresent()
            ? quick.get()
            : new FoldJournal(run, plans, payloads::load, event -> {}).of(journal);
    boolean slow = System.nanoTime() - start > rule.slow().toNanos();
    if (fold.ended() == null) {
      follower.takenUp(fold.openTasks());
    }
    KeepFold keep =
        new KeepFold(run, form, folds, BACKGROUND, rule.afterBytes(), slow, saved.isAny());
    return new TakenUp(fold, follower::happened, Optional.of(keep));
  }
}
