package io.twinflow.engine.core;

import io.twinflow.engine.core.journal.DamagedJournalException;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import io.twinflow.engine.core.journal.QueueFullException;
import io.twinflow.engine.core.secret.SecretsUnreadableException;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What an error of the disk means for a run. */
public final class RunFailures {

  private RunFailures() {}

  public static FailureException of(RunId run, @Nullable IOException cause) {
    String reason = cause == null ? "unknown" : String.valueOf(cause.getMessage());
    Failure failure =
        switch (cause) {
          case OwnedElsewhereException _ ->
              new Failure(FailureKind.USER, OwnedElsewhereException.CODE, reason);
          case SecretsUnreadableException _ -> new Failure(FailureKind.USER, "run.secrets", reason);
          case QueueFullException _ -> new Failure(FailureKind.RESOURCES, "queue.full", reason);
          case NoSuchFileException _ ->
              new Failure(
                  FailureKind.USER,
                  "run.unknown",
                  "there is no run %s; 'twinflow runs' lists those there are".formatted(run));
          case DamagedJournalException _ ->
              new Failure(
                  FailureKind.INFRASTRUCTURE,
                  "run.parked",
                  "run %s is parked: %s".formatted(run, reason));
          case null, default ->
              new Failure(
                  FailureKind.RESOURCES,
                  "journal.io",
                  "the journal of run %s cannot be used: %s".formatted(run, reason));
        };
    return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
  }

  /** An engine died between making the journal and its first event. */
  static FailureException neverMade(RunId run) {
    return new FailureException(
        new Failure(
            FailureKind.INFRASTRUCTURE,
            "run.empty",
            "run %s was never completely made; start it again".formatted(run)));
  }

  static FailureException parked(RunId run, Exception cause) {
    return new FailureException(
        new Failure(
            FailureKind.INTERNAL,
            "run.parked",
            "run %s is parked, because its journal cannot be followed: %s"
                .formatted(run, cause.getMessage())),
        cause);
  }
}
