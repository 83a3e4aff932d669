package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Appended;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Carries the appends of all runs of this engine into the database: whatever came in while a
 * transaction was being committed goes with the next one, so that many runs share an fsync.
 *
 * <p>If the database goes away, an append waits for it to come back, is looked up, and made again
 * only if it was not made; after the patience is over its fate is unknown to the caller.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final int MOST_APPENDS = 1_000;
  private static final long MOST_BYTES = 8L << 20;

  /** So many appends in one transaction mean that more are on their way. */
  private static final int CROWD = 8;

  private static final Duration PACE = Duration.ofMillis(4);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private final KeptConnection connection;
  private final AppendGroup group;
  private final UnsyncedBlobs unsynced;
  private final JournalMeter meter;
  private final BlockingQueue<PendingAppend> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread writer;
  private @Nullable PendingAppend held;
  private boolean isCrowded;

  /** When the commit began that goes on now; 0 between commits. */
  private volatile long began;

  GroupCommit(DataSource database, long instance, UnsyncedBlobs unsynced, JournalMeter meter) {
    this.connection = new KeptConnection(database, this::prepare);
    this.group = new AppendGroup(instance);
    this.unsynced = unsynced;
    this.meter = meter;
    this.writer = Thread.ofPlatform().daemon().name("journal-writer").start(this::write);
  }

  private void prepare(Connection fresh) throws SQLException {
    try (Statement statement = fresh.createStatement()) {
      statement.execute(AppendGroup.SETTINGS);
    }
    unsynced.putAgain(fresh);
  }

  /** Returns when the fate of the append is known, or its patience is over. */
  Appended append(PendingAppend append) {
    long asked = System.nanoTime();
    queue.add(append);
    if (closed.get()) {
      refuseAll();
    }
    Appended fate = append.answer().join();
    meter.answered(Duration.ofNanos(System.nanoTime() - asked));
    return fate;
  }

  private void write() {
    try {
      while (!closed.get()) {
        List<PendingAppend> next = gather();
        if (!next.isEmpty()) {
          began = System.nanoTime();
          commit(next);
          began = 0;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed.set(true);
      refuseAll();
    }
  }

  /** How long the commit has taken that goes on now; what came since waits for it. */
  Duration lag() {
    long since = began;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  private List<PendingAppend> gather() throws InterruptedException {
    List<PendingAppend> appends = new ArrayList<>();
    PendingAppend next = held == null ? queue.take() : held;
    held = next;
    if (isCrowded) {
      Thread.sleep(PACE);
    }
    held = null;
    long bytes = 0;
    while (next != null) {
      bytes += next.lines().length;
      if (!appends.isEmpty() && bytes > MOST_BYTES) {
        held = next;
        break;
      }
      appends.add(next);
      next = appends.size() < MOST_APPENDS ? queue.poll() : null;
    }
    isCrowded = appends.size() >= CROWD;
    return appends;
  }

  private void commit(List<PendingAppend> appends) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + PATIENCE.toNanos();
    List<PendingAppend> open = appends;
    for (int tries = 1; ; tries++) {
      try {
        open = tries == 1 ? open : notMade(open);
        if (!open.isEmpty()) {
          List<UnsyncedBlobs.Put> before = unsynced.there();
          writeOnce(open);
          unsynced.synced(before);
        }
        meter.committed(appends.size(), Duration.ofNanos(System.nanoTime() - start));
        return;
      } catch (SQLException | RuntimeException e) {
        if (System.nanoTime() > end || closed.get()) {
          giveUp(open, e);
          return;
        }
        if (tries == 1) {
          LOG.log(
              Level.WARNING, "the journal cannot be written, trying again: {0}", e.getMessage());
        }
        try {
          Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException closing) {
          giveUp(open, e);
          throw closing;
        }
      }
    }
  }

  private static void giveUp(List<PendingAppend> appends, Exception why) {
    IOException cause = new IOException("the database does not answer: " + why.getMessage(), why);
    appends.forEach(append -> append.answer().complete(new Appended.Unknown(cause)));
  }

  private void writeOnce(List<PendingAppend> appends) throws SQLException {
    // One statement is a transaction of its own.
    Set<RunId> taken = connection.with(database -> group.write(database, appends));
    for (PendingAppend append : appends) {
      append
          .answer()
          .complete(
              taken.contains(append.run())
                  ? new Appended.Accepted(append.last())
                  : new Appended.Refused(
                      "the run has another owner, or its journal is not at event %d"
                          .formatted(append.expected())));
    }
  }

  /**
   * Answers those whose lost commit was made after all, and returns the others. The row of each run
   * is locked for a moment, because the lost transaction may still be on its way.
   */
  private List<PendingAppend> notMade(List<PendingAppend> appends) throws SQLException {
    List<PendingAppend> others = new ArrayList<>();
    for (PendingAppend append : appends) {
      if (connection
          .with(database -> AppendLookup.last(database, append.run(), append.appendId()))
          .isPresent()) {
        append.answer().complete(new Appended.Accepted(append.last()));
      } else {
        others.add(append);
      }
    }
    return others;
  }

  private void refuseAll() {
    List<PendingAppend> left = new ArrayList<>();
    if (held != null) {
      left.add(held);
    }
    queue.drainTo(left);
    for (PendingAppend append : left) {
      append.answer().complete(new Appended.Refused("this engine is shutting down"));
    }
  }

  @Override
  public void close() {
    closed.set(true);
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
