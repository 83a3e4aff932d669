package io.twinflow.executors.bundle;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The attempts of a site, where both the engine and the site reach them: what to do is written
 * there before the site is told, and what became of it is found there. The same for all kinds of
 * sites. Safe for many threads and many engines.
 */
public interface Attempts {

  /**
   * @param inContainer whether the tool has an image
   */
  Layout layout(AttemptKey attempt, boolean inContainer);

  /** URI schemes of inputs that the site can get from here. */
  Set<String> reaches();

  /**
   * To be called before the attempt is submitted. Writing it again changes nothing that counts.
   *
   * @throws AttemptFailure if the task can never run like this; {@link #fail} records it
   */
  void write(TaskSpec task) throws IOException, AttemptFailure;

  /** The attempt never runs, for that reason; its end is observed like any other. */
  void fail(AttemptKey attempt, AttemptFailure failure, Instant now) throws IOException;

  /**
   * How it ended; empty as long as there is no record.
   *
   * @param queued when the site took it
   */
  Optional<TaskResult> result(AttemptKey attempt, Instant queued) throws IOException;

  /** Whether somebody runs the tool, has run it, or has seen to it that it never starts. */
  boolean isClaimed(AttemptKey attempt) throws IOException;

  /** Empty if it was not revoked. */
  Optional<Revocation> revocation(AttemptKey attempt) throws IOException;

  /**
   * Sees to it that a tool which has not started yet never will.
   *
   * @return false if it had been claimed before, by who runs it or by who revoked it
   */
  boolean revoke(AttemptKey attempt, Revocation why) throws IOException;

  /** Of an attempt that has ended and is not released. */
  OutputFolder outputs(TaskSpec task) throws IOException;

  /** As far as it is there. */
  InputStream log(AttemptKey attempt, LogStream stream) throws IOException;

  /** Where a person finds the attempt's outputs and logs. */
  String whereabouts(AttemptKey attempt);

  /** Removes what only the attempt used. Outputs and logs stay. */
  void release(AttemptKey attempt) throws IOException;
}
