package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.GivenEnd;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where attempts lie that the engine writes and a site runs, and where is found what became of
 * them. Safe for many threads and many engines.
 */
public interface Ground {

  Attempts attempts();

  /** What a site runs, by {@code sh -c}; the same for all attempts, and nothing in it is secret. */
  String script();

  /** What the script is told; may hold a secret that is worth this one attempt. */
  Map<String, String> environment(Attempt attempt);

  /** What is known of an attempt. */
  sealed interface Found {
    record Nothing() implements Found {}

    /** Somebody runs it, or has run it. */
    record Claimed() implements Found {}

    /** Somebody has seen to it that it never starts. */
    record Revoked(Revocation why) implements Found {}

    record Ended(TaskResult result) implements Found {}
  }

  Found find(Attempt attempt) throws IOException;

  /** The same for many at the price of few. */
  default Map<Attempt, Found> find(Collection<Attempt> attempts) throws IOException {
    Map<Attempt, Found> found = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      found.put(attempt, find(attempt));
    }
    return found;
  }

  /** Whether a second copy brings home what one has left that died after its tool had ended. */
  default boolean isBroughtHome() {
    return false;
  }

  /**
   * Says that the site runs it without the script.
   *
   * @return false if somebody has seen to it that it never starts
   */
  boolean claim(AttemptKey attempt) throws IOException;

  /**
   * The end of an attempt that runs without the script. The same end may be given again.
   *
   * @throws IOException if it is not known what became of it; it may be given again
   */
  GivenEnd.Taking end(AttemptKey attempt, GivenEnd end, Instant now) throws IOException;

  /** Asks whatever runs it to end. */
  void askToStop(Attempt attempt, Instant now) throws IOException;

  /**
   * @param how it ended: told to stop by somebody
   */
  boolean wasAskedToStop(AttemptKey attempt, Outcome.Failed how);

  /** What the site calls the copies that have started, as far as they said so. */
  List<String> starts(AttemptKey attempt) throws IOException;

  /** With what stands here of it beside the attempt itself. */
  void release(AttemptKey attempt) throws IOException;

  /** What an administrator should know of it; asks it. */
  List<Finding> check();

  /** The batch as it was written down, before its first call; empty if it was not. */
  Optional<Noted> read(BatchKey batch) throws IOException;

  /** To be called when all attempts of the batch are there. */
  void note(BatchKey batch, Map<AttemptKey, Call> calls) throws IOException;

  void forget(BatchKey batch) throws IOException;

  /**
   * A batch that was written down.
   *
   * @param calls of the attempts that can run, by their keys
   */
  record Noted(Map<String, Call> calls, Instant at) {}
}
