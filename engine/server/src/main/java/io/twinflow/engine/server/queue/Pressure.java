package io.twinflow.engine.server.queue;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.journal.QueueFullException;
import io.twinflow.engine.postgres.PostgresJournalStore;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Refuses submissions for a while when the server could not do them justice. What was accepted is
 * never touched.
 */
@Component
public final class Pressure {

  private static final Duration MOST_LAG = Duration.ofSeconds(5);

  private final PostgresJournalStore journals;
  private final DataFolder data;
  private final long keepFreeMiB;

  Pressure(PostgresJournalStore journals, DataFolder data, ServerSettings settings) {
    this.journals = journals;
    this.data = data;
    this.keepFreeMiB = settings.limits().keepFreeMiB();
  }

  /**
   * Before a submission costs much. Whether there is a place in the queue is decided when the run
   * is made.
   *
   * @throws FailureException whose code says how long to wait, see {@link RetryLater}
   */
  public void check(String subject) throws FailureException {
    try {
      journals.checkQueue(subject);
      Duration lag = journals.commitLag();
      if (lag.compareTo(MOST_LAG) > 0) {
        throw refused(
            "pressure.journal",
            "the database has not taken what happened for %d s, and no submission is taken until it does"
                .formatted(lag.toSeconds()));
      }
      long free = Files.getFileStore(data.folder()).getUsableSpace() >> 20;
      if (free < keepFreeMiB) {
        throw refused(
            "pressure.disk",
            "the server has %d MiB of disk left and takes no submission below %d (--keep-free); delete runs, or ask an administrator for room"
                .formatted(free, keepFreeMiB));
      }
    } catch (QueueFullException e) {
      throw refused("queue.full", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new FailureException(
          new Failure(
              FailureKind.INFRASTRUCTURE,
              "server.busy",
              "the server cannot take a submission now: " + e.getMessage()),
          e);
    }
  }

  static FailureException refused(String code, String message) {
    return new FailureException(new Failure(FailureKind.RESOURCES, code, message));
  }
}
