package io.twinflow.engine.core.event;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can happen in a run. The state of a run is a fold over these and its pinned plan, and
 * nothing else: whatever an expression, a clock or a file had to say stands in an event.
 *
 * <p>Inputs of an invocation are not repeated: they follow from the plan's links, the shard's index
 * and {@code overrides}, the inputs that {@code valueFrom} (or a loop) changed.
 *
 * <p>All of them in one file, long as it is: what does not stand here cannot happen.
 */
public sealed interface Event {

  /**
   * First event of every run.
   *
   * @param subject on whose behalf
   * @param workflowVersion of the sources, wherever they lay; in journals of the first weeks the
   *     same as {@code definition}
   * @param definition SHA-256 of the pinned definition, which is a blob of the journal
   * @param inputs complete, with handles in the places of secrets
   * @param continues the ended run whose finished tasks are adopted
   */
  record RunCreated(
      String subject,
      String workflowName,
      String workflowVersion,
      String definition,
      Payload inputs,
      RunOptions options,
      Map<String, String> labels,
      Optional<RunId> continues)
      implements Event {
    public RunCreated {
      labels = Map.copyOf(labels);
    }

    /** Of a definition whose version includes the place it lay in. */
    public RunCreated(
        String subject,
        String workflowName,
        String workflowVersion,
        Payload inputs,
        RunOptions options,
        Map<String, String> labels,
        Optional<RunId> continues) {
      this(
          subject,
          workflowName,
          workflowVersion,
          workflowVersion,
          inputs,
          options,
          labels,
          continues);
    }
  }

  /**
   * An engine took the run over; events of an older epoch are refused from here on.
   *
   * @param instance host, process id and start of the engine
   */
  record RunOwned(long epoch, String instance) implements Event {}

  /**
   * A scattered step knows its shards.
   *
   * @param shape the lengths of the scattered dimensions; one for dotproduct and flat crossproduct
   */
  record StepScattered(long scope, String step, List<Integer> shape, int shards) implements Event {
    public StepScattered {
      shape = List.copyOf(shape);
    }
  }

  /** The {@code when} of an invocation was false. */
  record InvocationSkipped(Place place) implements Event {}

  /** An invocation could not be made: an expression, link or scatter failed. */
  record InvocationFailed(Place place, Failure failure) implements Event {}

  /**
   * An invocation of a sub-workflow.
   *
   * @param scope its number, counted up within the run
   */
  record ScopeOpened(long scope, Place place, RecordValueOverrides overrides) implements Event {}

  /**
   * An invocation of a tool or expression.
   *
   * @param task its number, counted up within the run from 1
   */
  record TaskCreated(long task, Place place, RecordValueOverrides overrides) implements Event {}

  /**
   * The loop of a step has ended: its condition did not hold before the iteration that the place
   * names. While it holds, iterations are made like any invocation.
   */
  record LoopEnded(Place place) implements Event {}

  /**
   * Written before the site is called (DESIGN.md, rule 5).
   *
   * @param batch its number, counted up within the run from 1; part of the key the site knows it by
   * @param epoch of the engine that submits it: a later one only looks it up
   * @param reason why it is this site; empty if there was no choice
   */
  record SubmissionIntended(
      long batch, String site, long epoch, List<Member> members, String reason) implements Event {
    public SubmissionIntended {
      members = List.copyOf(members);
    }

    /** Where there was no choice of sites. */
    public SubmissionIntended(long batch, String site, long epoch, List<Member> members) {
      this(batch, site, epoch, members, "");
    }

    public record Member(long task, int attempt) {}
  }

  /**
   * The site has the batch.
   *
   * @param siteId the site's own name for it; empty if it has none
   */
  record SubmissionConfirmed(long batch, String siteId) implements Event {}

  /**
   * A site said that the tool runs.
   *
   * @param at by the site's clock
   */
  record AttemptStarted(long task, int attempt, Instant at, String host) implements Event {}

  /**
   * An attempt failed and another will be made.
   *
   * @param retryAt not before this time
   * @param raised what this task's attempts get from now on; null if nothing has changed
   */
  record AttemptFailed(
      long task,
      int attempt,
      Failure failure,
      @Nullable Execution execution,
      Instant retryAt,
      @Nullable Raised raised)
      implements Event {

    /** The next attempt gets what this one had. */
    public AttemptFailed(
        long task, int attempt, Failure failure, @Nullable Execution execution, Instant retryAt) {
      this(task, attempt, failure, execution, retryAt, null);
    }
  }

  /**
   * An attempt is gone without its tool being to blame: the engine died while it ran, or the site
   * never got it. Another attempt is made at once and no retry budget is used.
   */
  record AttemptLost(long task, int attempt, String reason) implements Event {}

  /**
   * An attempt ended when nobody wanted its result any more: after a cancel, or after a later
   * attempt had taken its place. Recorded and never used.
   */
  record AttemptDiscarded(long task, int attempt, String reason, @Nullable Execution execution)
      implements Event {}

  /** A task has its outputs. Attempt 0: without an attempt, as the origin says. */
  record TaskSucceeded(
      long task,
      int attempt,
      Payload outputs,
      Origin origin,
      @Nullable Execution execution,
      @Nullable CacheKey cacheKey)
      implements Event {}

  /** A task has failed for good; attempt 0 if it failed before there was one. */
  record TaskFailed(long task, int attempt, Failure failure, @Nullable Execution execution)
      implements Event {}

  /** All steps of a scope have ended well; its outputs follow from the links. */
  record ScopeSucceeded(long scope) implements Event {}

  /** A step of a scope has failed, or its outputs do not follow from its steps'. */
  record ScopeFailed(long scope, Failure failure) implements Event {}

  /**
   * Something a person should be told of a run: a hint that is not followed, a site in trouble,
   * what attempts wait for there.
   *
   * @param site of which it tells; null if it is of no site
   */
  record NoticeGiven(String text, @Nullable String site) implements Event {

    public NoticeGiven(String text) {
      this(text, null);
    }
  }

  /** From here on nothing new is submitted, and no result is used (DESIGN.md, rule 6). */
  record CancelRequested(String reason) implements Event {}

  /** From here on nothing new is submitted, until {@link PauseEnded}. */
  record PauseRequested() implements Event {}

  record PauseEnded() implements Event {}

  /**
   * Last event of every run.
   *
   * @param outputs of a failed run: what there is
   * @param leftBehind what a site did not confirm to have stopped, in its words
   */
  record RunEnded(
      RunState state, Payload outputs, @Nullable Failure failure, List<String> leftBehind)
      implements Event {
    public RunEnded {
      leftBehind = List.copyOf(leftBehind);
    }
  }

  /** Inputs of an invocation that differ from what its links say. */
  record RecordValueOverrides(Payload values) {
    public static final RecordValueOverrides NONE =
        new RecordValueOverrides(new Payload.Inline(RecordValue.EMPTY));
  }

  /** Where a task's outputs come from. */
  sealed interface Origin {
    /** A tool was run. */
    record Executed() implements Origin {}

    /** An expression was evaluated, by the engine itself. */
    record Evaluated() implements Origin {}

    /** The call cache had them. */
    record Cached(RunId run, long task) implements Origin {}

    /** The run that this one continues had them. */
    record Adopted(RunId run, long task) implements Origin {}
  }

  /**
   * What cannot be found out later about an attempt.
   *
   * @param command secrets are masked
   * @param siteId the site's own name for the attempt; empty if it has none
   * @param queued when the site got it; like all times here, by the site's clock
   * @param started null if the tool never ran
   * @param peakMemoryBytes of all its processes, in bytes; null where the site cannot tell
   * @param exitCode null if the tool did not end by itself
   * @param artifacts identity of each output file
   */
  record Execution(
      List<String> command,
      String site,
      String siteId,
      String host,
      Instant queued,
      @Nullable Instant started,
      Instant ended,
      @Nullable Duration cpuTime,
      @Nullable Long peakMemoryBytes,
      @Nullable Integer exitCode,
      @Nullable String imageDigest,
      String whereabouts,
      List<ArtifactIdentity> artifacts) {
    public Execution {
      command = List.copyOf(command);
      artifacts = List.copyOf(artifacts);
    }
  }

  /**
   * A file by its content (DESIGN.md, rule 10).
   *
   * @param sha256 in lower-case hexadecimal digits
   * @param size bytes
   */
  record ArtifactIdentity(String location, String sha256, long size) {}

  /**
   * The key under which the call cache knows a task (DESIGN.md, rule 14).
   *
   * @param components digest of each part of the key, by the part's name, so that a miss can be
   *     explained
   */
  record CacheKey(String sha256, Map<String, String> components) {
    public CacheKey {
      components = Map.copyOf(components);
    }
  }

  /**
   * How a run was asked to behave; part of its first event, so that resuming needs no options.
   *
   * @param retries how often a task may fail with a kind and be tried again; kinds that are missing
   *     have the engine's default
   * @param temporaryFailRetries the same for exit codes among the tool's {@code temporaryFailCodes}
   * @param outdir the folder, absolute, that the results were asked for in; empty if nobody did,
   *     and in runs of engines that did not record it
   * @param sites where tasks go, by step as in {@code --site STEP=NAME}; all others by the empty
   *     text
   * @param priority among the runs of its subject, from -{@value #MOST_PRIORITY} to {@value
   *     #MOST_PRIORITY}; the higher goes first
   */
  record RunOptions(
      OnError onError,
      boolean useCache,
      Map<FailureKind, Integer> retries,
      int temporaryFailRetries,
      ContainerUse containers,
      Optional<Path> outdir,
      int priority,
      Map<String, String> sites) {

    public static final int MOST_PRIORITY = 100;

    /**
     * Stops at the first failure, uses the cache, and tries again only what was not the tool's
     * fault.
     */
    public static final RunOptions DEFAULT =
        new RunOptions(OnError.STOP, true, Map.of(), 0, ContainerUse.AUTO);

    public RunOptions {
      retries = Map.copyOf(retries);
      sites = Map.copyOf(sites);
      if (Math.abs(priority) > MOST_PRIORITY) {
        throw new IllegalArgumentException(
            "a priority lies from %d to %d, found %d"
                .formatted(-MOST_PRIORITY, MOST_PRIORITY, priority));
      }
    }

    /** Of a run whose results nobody wants in a folder. */
    public RunOptions(
        OnError onError,
        boolean useCache,
        Map<FailureKind, Integer> retries,
        int temporaryFailRetries,
        ContainerUse containers) {
      this(
          onError,
          useCache,
          retries,
          temporaryFailRetries,
          containers,
          Optional.empty(),
          0,
          Map.of());
    }

    public RunOptions withOutdir(Path folder) {
      return new RunOptions(
          onError,
          useCache,
          retries,
          temporaryFailRetries,
          containers,
          Optional.of(folder),
          priority,
          sites);
    }

    public RunOptions withPriority(int newPriority) {
      return new RunOptions(
          onError, useCache, retries, temporaryFailRetries, containers, outdir, newPriority, sites);
    }

    public RunOptions withSites(Map<String, String> newSites) {
      return new RunOptions(
          onError, useCache, retries, temporaryFailRetries, containers, outdir, priority, newSites);
    }

    public enum OnError {
      /** Nothing new is started; what runs may end. */
      STOP,
      /** What does not depend on the failure goes on. */
      CONTINUE
    }

    public enum ContainerUse {
      /** Requirements and hints run in a container; a hint without an engine runs without. */
      AUTO,
      /** No containers; a requirement cannot be met. */
      NONE
    }
  }
}
