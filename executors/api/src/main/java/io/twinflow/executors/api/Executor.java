package io.twinflow.executors.api;

import io.twinflow.executors.api.site.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A site that runs attempts. Batch-first: many attempts are submitted, observed and cancelled by
 * one call, because sites count calls (DESIGN.md, rules 5 and 9).
 *
 * <p><b>Who calls.</b> The engine: one thread per site observes, others submit and cancel at the
 * same time. Implementations are safe for that.
 *
 * <p><b>Once.</b> The engine journals a batch's key and its attempts before it submits, and never
 * uses an {@link AttemptKey} twice. The executor sees to it that one attempt runs its tool at most
 * once, whatever is submitted twice, restarted or re-queued by the site: the attempt claims its key
 * where it runs before the tool starts, and a second copy ends without running it.
 *
 * <p><b>Crash.</b> An engine may die between any two lines. A new engine calls {@link #find} for
 * each batch that has no end in the journal. What an attempt left behind (result record, logs,
 * outputs) stays until {@link #release}.
 */
public interface Executor extends AutoCloseable {

  /** The name of the site, as in the configuration. */
  String site();

  Capabilities capabilities();

  /**
   * The digest of an image as {@link TaskResult} will tell it, if the site has it already: nothing
   * is fetched for the answer. Empty if the site cannot know before the attempt runs.
   */
  default Optional<String> imageDigest(ContainerSpec container) {
    return Optional.empty();
  }

  /** Where an attempt will find its folders. A pure function of its arguments. */
  Layout layout(AttemptKey attempt, boolean inContainer);

  /**
   * Hands attempts to the site and returns when the site has them; it does not wait for them to
   * run. Submitting a batch with a key that the site already has changes nothing and returns its
   * handle. An attempt that can never run here (larger than the site) is taken and ends at once
   * with {@link FailureKind#RESOURCES}.
   *
   * @throws SiteException with UNKNOWN if the answer was lost: look the key up with {@link #find}
   */
  BatchHandle submit(Batch batch) throws SiteException;

  /**
   * Looks a batch up, after a crash or a lost answer, and re-attaches to it. Empty if the site
   * never got it and never will. An attempt whose end can no longer be known by re-attaching is
   * stopped (its whole process tree, surely) before this returns and is then observed as {@link
   * TaskState.Lost}; one that left a result record is observed as {@link TaskState.Ended}.
   *
   * @param batch with the attempts that the journal names
   */
  Optional<BatchHandle> find(BatchKey batch, Collection<AttemptKey> attempts) throws SiteException;

  /**
   * Sees to it that no copy of these attempts starts any more, also if an engine that was asleep
   * submits them late; called for attempts that {@link #find} did not find and that this engine
   * does not submit itself. A site where the attempt claims its key before it starts takes the
   * claim.
   */
  void revoke(Collection<AttemptKey> attempts) throws SiteException;

  /**
   * The changes since the last call, of all attempts of the batches; waits until there is one or
   * the time is over. A final state may be told more than once and late; it never changes. Costs
   * the site at most one request per interval of its poll budget, whatever the number of attempts.
   */
  List<Observation> observe(Collection<BatchHandle> batches, Duration atMost)
      throws SiteException, InterruptedException;

  /**
   * There is more to observe than the {@link #observe} that waits now was asked for: it, or else
   * the next one, may return at once. For sites where news come sooner than the wait ends.
   */
  default void lookAgain() {}

  /**
   * Why an attempt that this site has does not run yet, in words for people; empty if it runs, has
   * ended, or is unknown. From what is known here: nobody is asked.
   */
  default Optional<String> waitsFor(AttemptKey attempt) {
    return Optional.empty();
  }

  /**
   * Asks for attempts to be stopped, with everything they started. Returns at once; the end is
   * observed ({@link FailureKind#CANCELLED}, or the result if it was first). Unknown and ended
   * attempts are ignored.
   */
  void cancel(Collection<AttemptKey> attempts) throws SiteException;

  /**
   * Looks at the site for its administrator: what answers there, what the engine may do, what is
   * missing. Asks the site; a site that does not answer is a finding.
   */
  List<Finding> check();

  /** The outputs of an ended attempt, until it is released. */
  OutputFolder outputs(TaskSpec task) throws IOException;

  /**
   * A log from its beginning, also while the attempt runs; empty if the tool wrote none.
   *
   * @throws IOException never fails a task; the caller says that the log cannot be read
   */
  InputStream log(AttemptKey attempt, LogStream stream) throws IOException;

  /** Where a person finds the attempt's log and folder: paths, URLs or a command to type. */
  String whereabouts(AttemptKey attempt);

  /**
   * The engine has what it needs. Frees what only the attempt used (temporary folder, container,
   * staged links); outputs and logs stay where they are as long as the run does.
   */
  void release(Collection<AttemptKey> attempts);

  /** Stops what runs, within a bound, and lets go of everything. */
  @Override
  void close();
}
