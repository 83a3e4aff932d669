package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where decisions become events. An event changes the fold at once, so that the next decision sees
 * it; it becomes true with {@link #commit}, and only then are listeners told and effects let out
 * (rules 3 and 5 of DESIGN.md). If a commit fails the fold is ahead of the truth, and whoever holds
 * it must throw it away.
 */
public final class Ledger {

  private final RunId run;
  private final Journal journal;
  private final RunFold fold;
  private final long epoch;
  private final Clock clock;
  private final String engineVersion;
  private final Consumer<Envelope> listener;
  private List<Envelope> pending = new ArrayList<>();
  private List<Runnable> afterCommit = new ArrayList<>();
  private boolean awaited;

  /**
   * @param epoch of this engine's ownership
   */
  public Ledger(
      RunId run,
      Journal journal,
      RunFold fold,
      long epoch,
      Clock clock,
      String engineVersion,
      Consumer<Envelope> listener) {
    this.run = run;
    this.journal = journal;
    this.fold = fold;
    this.epoch = epoch;
    this.clock = clock;
    this.engineVersion = engineVersion;
    this.listener = listener;
  }

  long epoch() {
    return epoch;
  }

  void emit(Event event) {
    emit("engine", event);
  }

  /**
   * @param actor who or what caused it
   */
  public void emit(String actor, Event event) {
    Envelope envelope =
        new Envelope(
            Envelope.ONLY_TENANT,
            run,
            fold.sequence() + 1,
            clock.instant(),
            actor,
            engineVersion,
            event);
    fold.apply(envelope);
    pending.add(envelope);
  }

  /** An effect that may only happen when everything emitted so far is durable, and then at once. */
  void afterCommit(Runnable effect) {
    awaited = true;
    afterCommit.add(effect);
  }

  /** As {@link #afterCommit}, for what is in no hurry. */
  void afterSomeCommit(Runnable effect) {
    afterCommit.add(effect);
  }

  /** Whether an effect waits for a commit. */
  boolean isAwaited() {
    return awaited;
  }

  /** Whether there is anything for a commit. */
  boolean isOpen() {
    return !pending.isEmpty() || !afterCommit.isEmpty();
  }

  /** Whether nobody can have taken the run over. From any thread. */
  boolean isSurelyOwned() {
    return journal.isSurelyOwned();
  }

  /** How many bytes of events this engine has journaled. */
  long written() {
    return journal.written();
  }

  int pending() {
    return pending.size();
  }

  /**
   * Makes everything emitted durable, tells the listener, lets the effects out.
   *
   * @throws FailureException if the journal did not take it; the run can be resumed after the cause
   *     is mended
   */
  public void commit() throws FailureException {
    if (!pending.isEmpty()) {
      List<Envelope> events = pending;
      pending = new ArrayList<>();
      append(fold.sequence() - events.size(), events);
      events.forEach(listener);
    }
    if (!afterCommit.isEmpty() && !journal.isSurelyOwned()) {
      throw refused("its lease ran out");
    }
    List<Runnable> effects = afterCommit;
    afterCommit = new ArrayList<>();
    awaited = false;
    effects.forEach(Runnable::run);
  }

  private void append(long expected, List<Envelope> events) throws FailureException {
    String appendId = epoch + "." + expected;
    switch (journal.append(expected, epoch, appendId, events)) {
      case Appended.Accepted _ -> {}
      case Appended.Refused refused -> throw refused(refused.reason());
      case Appended.Unknown unknown -> {
        if (!wasMade(appendId)) {
          throw new FailureException(
              new Failure(
                  FailureKind.RESOURCES,
                  "journal.write",
                  "the journal of run %s cannot be written: %s. Free disk space or mend the disk, then: twinflow resume %s"
                      .formatted(run, unknown.cause().getMessage(), run)),
              unknown.cause());
        }
      }
    }
  }

  private FailureException refused(String reason) {
    return new FailureException(
        new Failure(
            FailureKind.INFRASTRUCTURE,
            "journal.refused",
            "run %s: this engine does not own it any more (%s) and stops here"
                .formatted(run, reason)));
  }

  private boolean wasMade(String appendId) {
    try {
      return journal.find(appendId).isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
