package io.twinflow.executors.kubernetes;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where attempts lie that the engine writes and pods run, and where is found what became of them.
 * Safe for many threads.
 */
interface Ground {

  /** By which the Jobs of this ground are told from all others. */
  Labels labels();

  /** How pods get there. */
  PodFiles pods();

  Attempts attempts();

  /** Of those that have ended. */
  Map<AttemptKey, TaskResult> results(Collection<AttemptKey> attempts, Instant queued)
      throws IOException;

  /**
   * What is known of an attempt, by a look that began then.
   *
   * @param at null for just now
   */
  record Looked(Optional<TaskResult> result, Optional<Revocation> revoked, @Nullable Instant at) {}

  /** Asks nobody who may be slow. */
  Looked look(AttemptKey attempt, Instant queued) throws IOException;

  /** Makes what {@link #look} tells of these as new as can be; takes the time that this needs. */
  default void refresh(Collection<Followed> wanted) {}

  /** Why nothing is known any more, in words; told once. */
  default Optional<String> takeTrouble() {
    return Optional.empty();
  }

  /** Somebody asked for it, perhaps by an engine that has died since. */
  boolean isCancelled(AttemptKey attempt);

  void noteCancelled(AttemptKey attempt) throws IOException;

  /** With what stands here of it beside the attempt itself. */
  void release(AttemptKey attempt) throws IOException;

  List<Finding> check();

  /**
   * The Jobs of a batch as they were written down before the first was created: who finds them can
   * create those that are missing.
   *
   * @param at when the site took the batch
   */
  record Noted(List<Submission> jobs, Instant at) {}

  /** Empty if the batch was not written down. */
  Optional<Noted> read(BatchKey batch) throws IOException;

  /** All of it or nothing; to be called when all attempts of the batch are written. */
  void note(BatchKey batch, List<Submission> jobs) throws IOException;

  /**
   * @param batch its key's value
   */
  void forget(String batch) throws IOException;

  /** When each batch that is written down was, by its key's value. */
  Map<String, Instant> batches() throws IOException;
}
