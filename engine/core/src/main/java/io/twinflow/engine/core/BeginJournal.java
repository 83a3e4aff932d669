package io.twinflow.engine.core;

import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the journal of a run. An engine may have died between the journal and its first event, and
 * a request that names its run may come again: it is one run all the same.
 */
public record BeginJournal(JournalStore store) {

  Optional<Journal> of(RunId run, RunRequest request) throws IOException {
    return of(run, request.subject(), request.options().priority(), request.id().isPresent());
  }

  /**
   * @param again whether the request may have been made before
   * @return an empty journal, owned by the caller; empty if the run is made already
   * @throws OwnedElsewhereException if a living engine makes it at this moment
   */
  public Optional<Journal> of(RunId run, String subject, int priority, boolean again)
      throws IOException {
    try {
      return Optional.of(store.create(run, Instance.ofThisProcess(), subject, priority));
    } catch (FileAlreadyExistsException e) {
      if (!again) {
        throw e;
      }
      return isMade(run) ? Optional.empty() : left(run);
    }
  }

  /** What an engine left there, if it had not come to the first event. */
  private Optional<Journal> left(RunId run) throws IOException {
    Journal journal;
    try {
      journal = store.open(run, Instance.ofThisProcess());
    } catch (OwnedElsewhereException e) {
      // Made since, and being executed?
      if (isMade(run)) {
        return Optional.empty();
      }
      throw e;
    }
    if (journal.head() == 0) {
      return Optional.of(journal);
    }
    journal.close();
    return Optional.empty();
  }

  private boolean isMade(RunId run) throws IOException {
    AtomicBoolean any = new AtomicBoolean();
    store.readEnds(run, event -> any.set(true));
    return any.get();
  }
}
