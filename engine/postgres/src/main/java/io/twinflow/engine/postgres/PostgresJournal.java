package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.Lines;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The journal of one run, opened under a claim; the database judges each append. */
final class PostgresJournal implements Journal {

  private final RunId run;
  private final Claim claim;
  private final PostgresJournalStore store;
  private final Lines lines;
  private long head;
  private long written;
  private boolean released;

  PostgresJournal(RunId run, Claim claim, PostgresJournalStore store, Lines lines) {
    this.run = run;
    this.claim = claim;
    this.store = store;
    this.lines = lines;
    this.head = claim.head();
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public Appended append(
      long expectedSequence, long epoch, String appendId, List<Envelope> events) {
    byte[] text;
    try {
      text = lines.write(appendId, events);
    } catch (IOException e) {
      return new Appended.Unknown(e);
    }
    boolean releases = releases(events);
    Appended appended =
        store
            .commits()
            .append(
                new PendingAppend(
                    run,
                    claim.number(),
                    expectedSequence,
                    expectedSequence + events.size(),
                    epoch,
                    Journal.takesOver(epoch, events),
                    releases,
                    ofClaim(appendId),
                    text,
                    SummaryChange.of(events),
                    new CompletableFuture<>()));
    if (appended instanceof Appended.Accepted accepted) {
      head = accepted.head();
      written += text.length;
      released = releases;
    }
    return appended;
  }

  @Override
  public boolean isSurelyOwned() {
    return store.isAlive();
  }

  /** Who made a run, or ended it, has nothing more to write: the same commit gives it back. */
  private static boolean releases(List<Envelope> events) {
    Event last = events.getLast().event();
    return last instanceof Event.RunCreated || last instanceof Event.RunEnded;
  }

  /** Two owners may call different appends the same, and each means its own. */
  private String ofClaim(String appendId) {
    return claim.number() + ":" + appendId;
  }

  @Override
  public OptionalLong find(String appendId) throws IOException {
    return store.find(run, ofClaim(appendId));
  }

  @Override
  public void read(long after, Consumer<Envelope> reader) throws IOException {
    store.read(run, after, reader);
  }

  @Override
  public void close() {
    if (released) {
      store.released(run);
    } else {
      store.release(run, claim);
    }
  }
}
