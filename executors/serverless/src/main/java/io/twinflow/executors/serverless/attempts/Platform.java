package io.twinflow.executors.serverless.attempts;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What starts attempts when it is called. Called from many threads. An attempt may be sent more
 * than once, also by different engines: it claims its folder where it runs, so its tool runs once.
 */
public interface Platform extends AutoCloseable {

  /**
   * Whom to call for a task, in the platform's words; kept beside the attempt, so that an engine
   * which comes later can call.
   *
   * @throws AttemptFailure if the task can never run here
   */
  String target(TaskSpec task) throws AttemptFailure;

  /** What is to be kept of a task's command beside that; must hold no secret. */
  default List<String> arguments(TaskSpec task) {
    return List.of();
  }

  /**
   * Makes the call. Returns when the site has the attempt, or when the attempt is over: what is
   * slow there is slow here.
   *
   * @throws SiteException if it is not known, or certain that nothing happened; it is called again
   */
  Sent send(Attempt attempt) throws SiteException;

  /**
   * The attempts that are over as far as the site knows, with its words for it. Those that are
   * missing go on, or the site does not know.
   *
   * @param attempts that were sent and have left no result
   */
  default Map<Attempt, String> over(Collection<Attempt> attempts) throws SiteException {
    return Map.of();
  }

  /** Whether {@link #over} names an attempt only when no copy of it goes on. */
  default boolean knowsEnds() {
    return false;
  }

  /** Why an attempt that was sent has not started, as far as the site tells; may be empty. */
  default String whyNotStarted(Attempt attempt) throws SiteException {
    return "";
  }

  /** What the site itself has kept of what an attempt said; empty where it keeps nothing. */
  default String said(Attempt attempt) throws SiteException {
    return "";
  }

  /** Ends an attempt that does not heed its folder; nothing happens where that cannot be done. */
  default void stop(Attempt attempt) throws SiteException {}

  /** The engine has what it needs: what the site keeps about an attempt may go. */
  default void forget(AttemptKey attempt) throws SiteException {}

  /** What its administrator should know; asks it. */
  List<Finding> check();

  /** What runs containers there; empty if a tool runs in what the site has for all. */
  default Optional<String> containers() {
    return Optional.empty();
  }

  default int gpus() {
    return 0;
  }

  @Override
  void close();
}
