package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.data.ForRun;
import io.twinflow.engine.server.queue.Pressure;
import io.twinflow.engine.server.queue.UploadGate;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Turns a submission into a run, which is durable when this returns. */
@Component
public final class Submit {

  private static final Logger LOG = System.getLogger(Submit.class.getName());

  /** More at once would only wait for each other, and for connections that the engine needs. */
  private static final int AT_ONCE = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Semaphore gate = new Semaphore(AT_ONCE, true);
  private final Engine engine;
  private final RunPool pool;
  private final LoadSubmitted load;
  private final Uploads uploads;
  private final Pressure pressure;
  private final UploadGate arriving;
  private final FindRunOfUpload find;
  private final RunNews news;
  private final ProcessRuns processes;
  private final CheckWork checkWork;
  private final long mostInput;

  Submit(
      Engine engine,
      RunPool pool,
      LoadSubmitted load,
      Uploads uploads,
      Pressure pressure,
      UploadGate arriving,
      FindRunOfUpload find,
      RunNews news,
      ProcessRuns processes,
      CheckWork checkWork,
      ServerSettings settings) {
    this.checkWork = checkWork;
    this.processes = processes;
    this.mostInput = settings.stores().mostInput();
    this.news = news;
    this.find = find;
    this.pressure = pressure;
    this.arriving = arriving;
    this.engine = engine;
    this.pool = pool;
    this.load = load;
    this.uploads = uploads;
  }

  /**
   * What was uploaded belongs to the run from now on; it is removed if there is none.
   *
   * @throws InvalidDefinitionException if the workflow or its inputs are wrong, with every problem
   * @throws FailureException if inputs are missing or unreadable
   */
  public RunId submit(Submission submission) throws InvalidDefinitionException, FailureException {
    Instant received = Instant.now();
    boolean done = false;
    boolean asked = false;
    boolean in = false;
    try {
      arriving.received();
      pressure.check(submission.subject());
      in = enter();
      Making making = checked(submission);
      uploads.hold(submission.folder(), needed(submission));
      asked = true;
      RunId run = making.make();
      done = true;
      news.submitted(run, received);
      pool.ring();
      give(submission.folder(), run);
      return run;
    } finally {
      if (in) {
        gate.release();
      }
      if (!done && !(asked && isMade(submission.folder()))) {
        uploads.discard(submission.folder());
      }
    }
  }

  /** What is left to do for a submission that was found right. */
  private interface Making {
    RunId make() throws FailureException;
  }

  private Making checked(Submission submission)
      throws InvalidDefinitionException, FailureException {
    if (submission.workflow() instanceof Submission.Definition.Bpmn process) {
      checkWork.check(process.served(), submission.subject());
      RecordValue inputs = load.inputs(submission, process.served());
      return () -> processes.make(submission, process, inputs);
    }
    LoadSubmitted.Loaded loaded = load.load(submission);
    return () ->
        made(
            new Engine.RunRequest(
                submission.subject(),
                loaded.document(),
                loaded.inputs(),
                submission.options(),
                submission.labels(),
                submission.continues(),
                name(submission),
                submission.id()));
  }

  /** The run is made, whatever happens now; what is not given here the sweep gives later. */
  private void give(Path folder, RunId run) {
    try {
      uploads.give(folder, run.value());
    } catch (DataAccessException e) {
      LOG.log(
          Level.WARNING, "the upload of run {0} is given to it later: {1}", run, e.getMessage());
    }
  }

  /** A run whose making was answered with silence may be there all the same. */
  private boolean isMade(Path folder) {
    return find.find(Uploads.name(folder), Instant.now()).isPresent();
  }

  /** First come, first served. */
  private boolean enter() throws FailureException {
    try {
      if (gate.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new FailureException(
        new Failure(
            FailureKind.INFRASTRUCTURE,
            "server.busy",
            "too many submissions are being made at once; nothing was kept of this one, send it again in a while"));
  }

  static Set<String> needed(Submission submission) {
    return switch (submission.workflow()) {
      case Submission.Definition.Loaded loaded -> loaded.uploads();
      case Submission.Definition.Uploaded _ -> Set.of();
    };
  }

  private static Optional<String> name(Submission submission) {
    return switch (submission.workflow()) {
      case Submission.Definition.Loaded loaded -> Optional.of(loaded.name());
      case Submission.Definition.Uploaded _ -> Optional.empty();
    };
  }

  private RunId made(Engine.RunRequest request) throws FailureException {
    return ScopedValue.where(ForRun.CURRENT, ForRun.of(request.subject(), mostInput))
        .call(() -> engine.submit(request));
  }
}
