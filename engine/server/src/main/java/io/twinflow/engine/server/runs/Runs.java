package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What callers do with runs; the same behind all interfaces. Nobody sees what is not theirs. */
@Component
public final class Runs {

  private final Submit submit;
  private final RunList list;
  private final RunRequests requests;
  private final RunPool pool;
  private final Engine engine;
  private final RunFiles files;
  private final ProcessBell bell;

  Runs(
      Submit submit,
      RunList list,
      RunRequests requests,
      RunPool pool,
      Engine engine,
      RunFiles files,
      ProcessBell bell) {
    this.bell = bell;
    this.files = files;
    this.submit = submit;
    this.list = list;
    this.requests = requests;
    this.pool = pool;
    this.engine = engine;
  }

  /**
   * The run is durable when this returns.
   *
   * @throws InvalidDefinitionException if the workflow or its inputs are wrong, with every problem
   * @throws FailureException if inputs are missing or unreadable
   */
  public RunId submit(Submission submission) throws InvalidDefinitionException, FailureException {
    return submit.submit(submission);
  }

  /** Newest first. */
  public List<RunRow> page(Caller caller, RunFilter filter, int most) {
    return list.page(caller, filter, most);
  }

  /**
   * @throws NoSuchRunException if there is none, or the caller may not see it
   */
  public RunRow get(Caller caller, String id) throws NoSuchRunException {
    return list.find(caller, id).orElseThrow(() -> new NoSuchRunException(id));
  }

  /** Asked for, durably; the run's state follows within about a second. */
  public void ask(Caller caller, RunRow run, RunRequests.Kind kind, String reason) {
    if (!run.state().isTerminal()) {
      requests.ask(caller, run.id(), kind, reason);
      pool.ring();
      bell.ring();
    }
  }

  /** What the run was given. */
  public RecordValue inputs(RunRow run) throws FailureException {
    AtomicReference<Event.@Nullable RunCreated> created = new AtomicReference<>();
    engine.readEnds(run.id(), envelope -> first(envelope, created));
    Event.RunCreated event = created.get();
    return event == null ? RecordValue.EMPTY : engine.value(run.id(), event.inputs());
  }

  private static void first(
      Envelope envelope, AtomicReference<Event.@Nullable RunCreated> created) {
    if (envelope.event() instanceof Event.RunCreated event) {
      created.set(event);
    }
  }

  /** What the run made; empty while it has not ended. */
  public Optional<RecordValue> outputs(RunRow run) throws FailureException {
    Optional<Event.RunEnded> end = end(run);
    if (end.isEmpty()) {
      return Optional.empty();
    }
    RecordValue outputs = engine.value(run.id(), end.get().outputs());
    files.check(run, outputs);
    return Optional.of(outputs);
  }

  /** How the run ended; empty while it has not. */
  public Optional<Event.RunEnded> end(RunRow run) throws FailureException {
    AtomicReference<Event.@Nullable RunEnded> ended = new AtomicReference<>();
    if (run.state().isTerminal()) {
      engine.readEnds(
          run.id(),
          envelope -> {
            if (envelope.event() instanceof Event.RunEnded event) {
              ended.set(event);
            }
          });
    }
    return Optional.ofNullable(ended.get());
  }

  /** What a tool wrote; also while it runs. */
  public InputStream log(RunRow run, long task, int attempt, LogStream stream) throws IOException {
    return engine.log(run.id(), task, attempt, stream);
  }

  /** The definition that the run was made with. */
  public WorkflowDocument definition(RunRow run) throws FailureException {
    if (run.kind() == Kind.BPMN) {
      throw new FailureException(
          new Failure(
              FailureKind.USER,
              "run.process",
              "run %s is a process, which has no steps; its events tell what happened in it"
                  .formatted(run.id())));
    }
    return engine.definition(run.id());
  }

  /** How many of the runs that the caller may see are in which state. */
  public Map<PublicState, Long> counts(Caller caller) {
    return list.counts(caller);
  }
}
