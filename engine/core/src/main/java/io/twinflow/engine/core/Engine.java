package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.secret.Secrets;
import io.twinflow.engine.core.turns.Turns;
import io.twinflow.executors.api.LogStream;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs workflows and remembers them. One instance serves many runs at once. */
public interface Engine extends AutoCloseable {

  /**
   * Makes a run: its plan is pinned and its first event committed when this returns. A request that
   * names its run can be made again, also by another engine, and is one run.
   *
   * @throws FailureException of kind USER if inputs are missing, unreadable or of the wrong type
   */
  RunId submit(RunRequest request) throws FailureException;

  /** A name that no run has, for a request that may have to be made again. */
  RunId newRunId();

  /**
   * Carries a run to its end in this process, from wherever its journal stands: a new run, or one
   * that a dead engine left. What that engine left running is stopped first.
   *
   * @param listener is told each event after it was committed, in order, and (on resuming) those
   *     already in the journal
   * @throws FailureException if the run is unknown, owned by a living engine, or cannot be folded,
   *     and if this engine is closed before the run's end
   */
  RunOutcome execute(RunId run, Consumer<Envelope> listener)
      throws FailureException, InterruptedException;

  /**
   * The same for who need not hear what happened before: a long run is then taken up from where its
   * fold was saved last, and its fold is saved from time to time.
   */
  RunOutcome execute(RunId run, Follower follower) throws FailureException, InterruptedException;

  /** Hears of a run from the moment on in which it is taken up; called by the run's thread. */
  interface Follower {

    /**
     * Before anything is decided; not called if the run has ended.
     *
     * @param open the tasks that have not ended, valid during the call
     */
    void takenUp(Collection<OpenTask> open);

    /** An event after it was committed, in order. */
    void happened(Envelope envelope);
  }

  /**
   * Asks for a run that executes in this process to be cancelled; returns at once. Asked twice is
   * once; nothing happens to a run that does not execute here. From any thread (DESIGN.md, rule 6).
   */
  void cancel(RunId run, String reason);

  /**
   * Asks for nothing more to be submitted by a run that executes here, until {@link #proceed}; what
   * runs goes on. The pause stands in the journal and outlives the engine. From any thread.
   */
  void pause(RunId run);

  /** Ends a pause of a run that executes here; nothing happens if there is none. */
  void proceed(RunId run);

  /** How the runs that execute in this process share the site; limits are set there. */
  Turns turns();

  /**
   * Why an attempt that was submitted here does not run yet, in the site's words; empty if it runs,
   * or the site cannot tell without being asked.
   */
  Optional<String> waitsFor(RunId run, long task, int attempt);

  /**
   * Asks the same of a run that executes anywhere, in this process or in another one of the same
   * home; returns at once. That it was heard is told by the journal, soon; until then it may be
   * asked again, and twice is as once. Nothing happens if nothing executes the run.
   */
  void ask(RunId run, Request request) throws FailureException;

  /**
   * All runs of the home, also those that cannot be read; newest first.
   *
   * @throws java.io.UncheckedIOException if the home cannot be listed
   */
  List<RunId> runs();

  /**
   * All events of a run, in order; reads without owning, also while an engine executes it.
   *
   * @throws FailureException of kind USER if there is no such run, INFRASTRUCTURE if its journal is
   *     damaged
   */
  void read(RunId run, Consumer<Envelope> reader) throws FailureException;

  /**
   * The first events of a run and the last, without those between: enough to list it, in a time
   * that does not follow its length.
   */
  void readEnds(RunId run, Consumer<Envelope> reader) throws FailureException;

  /**
   * What a tool wrote, from its beginning, also while it runs; empty if it wrote nothing.
   *
   * @throws IOException never means that the task failed, only that the log cannot be read
   */
  InputStream log(RunId run, long task, int attempt, LogStream stream) throws IOException;

  /** What is kept of runs and calls. */
  Storage storage();

  /** The value of a payload, wherever it is stored. */
  RecordValue value(RunId run, Payload payload) throws FailureException;

  /** The secrets of a run, for whoever writes its results where they were asked for. */
  Secrets secrets(RunId run) throws FailureException;

  /**
   * The pinned definition of a run; what the user's file says by now does not matter.
   *
   * @throws FailureException if the run was never completely made, or this version cannot read it
   */
  WorkflowDocument definition(RunId run) throws FailureException;

  /**
   * Stops the runs that execute here, whose {@link #execute} then fails, and observing sites. What
   * such a run has at a site is taken up by whoever executes it next.
   */
  @Override
  void close();

  /**
   * What a run is made of.
   *
   * @param subject who asks for the run
   * @param labels for whoever looks for runs; they change nothing in it
   * @param inputs checked and complete, with absolute locations
   * @param continues the ended run whose finished tasks are adopted
   * @param name of the workflow, where it has another than its document says
   * @param id which run it is to be, so that making it again finds it; a new one if it is empty
   */
  record RunRequest(
      String subject,
      WorkflowDocument workflow,
      RecordValue inputs,
      RunOptions options,
      Map<String, String> labels,
      Optional<RunId> continues,
      Optional<String> name,
      Optional<RunId> id) {

    /** Who asks where there is nobody to tell apart. */
    public static final String ADMINISTRATOR = "admin";

    public RunRequest {
      labels = Map.copyOf(labels);
    }

    public RunRequest(
        WorkflowDocument workflow,
        RecordValue inputs,
        RunOptions options,
        Map<String, String> labels,
        Optional<RunId> continues) {
      this(
          ADMINISTRATOR,
          workflow,
          inputs,
          options,
          labels,
          continues,
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * What came of a run.
   *
   * @param state a terminal one
   * @param outputs of a failed run: what there is; of a cancelled one: none
   * @param failure the first; empty if it succeeded
   */
  record RunOutcome(RunState state, RecordValue outputs, Optional<Failure> failure) {}
}
