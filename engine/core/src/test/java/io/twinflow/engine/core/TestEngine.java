package io.twinflow.engine.core;

import io.twinflow.engine.core.Engine.RunOutcome;
import io.twinflow.engine.core.Engine.RunRequest;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.run.RetryPolicy;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A whole engine in a temporary folder, with a site that the test chooses. */
final class TestEngine implements AutoCloseable {

  private static final RetryPolicy AT_ONCE =
      new RetryPolicy(Map.of(FailureKind.INFRASTRUCTURE, 3), Duration.ZERO, Duration.ZERO);

  final Engine engine;
  final List<Envelope> events = new ArrayList<>();
  private final Path folder;

  TestEngine(Path folder, Executor executor) throws IOException {
    this(folder, Engines.open(config(folder, executor)));
  }

  TestEngine(Path folder, Engine engine) {
    this.folder = folder;
    this.engine = engine;
  }

  /** Of an engine that tries again at once. */
  static EngineConfig config(Path folder, Executor executor) {
    return EngineConfig.standard(folder.resolve("home"), executor).withRetries(AT_ONCE);
  }

  WorkflowDocument load(String cwl) {
    try {
      Path file = folder.resolve("workflow.cwl");
      Files.writeString(file, cwl);
      return CwlLoader.load(file.toString(), LoadOptions.defaults());
    } catch (IOException | InvalidDefinitionException e) {
      throw new AssertionError(e);
    }
  }

  static RecordValue json(String text) {
    try {
      return (RecordValue) ValueJson.read(text.replace('\'', '"'));
    } catch (InvalidJsonException e) {
      throw new AssertionError(e);
    }
  }

  RunId submit(String cwl, String inputs, RunOptions options) throws FailureException {
    return engine.submit(
        new RunRequest(load(cwl), json(inputs), options, Map.of(), Optional.empty()));
  }

  RunOutcome run(String cwl, String inputs) throws FailureException, InterruptedException {
    return run(cwl, inputs, RunOptions.DEFAULT);
  }

  RunOutcome run(String cwl, String inputs, RunOptions options)
      throws FailureException, InterruptedException {
    return execute(submit(cwl, inputs, options));
  }

  RunOutcome execute(RunId run) throws FailureException, InterruptedException {
    return execute(run, event -> {});
  }

  /**
   * @param then is called after each event was committed, by the thread that runs the run
   */
  RunOutcome execute(RunId run, Consumer<Event> then)
      throws FailureException, InterruptedException {
    events.clear();
    return engine.execute(
        run,
        envelope -> {
          events.add(envelope);
          then.accept(envelope.event());
        });
  }

  /**
   * Whether the engine died before the run's end.
   *
   * @param then throws a {@link Crash} where the engine is to die
   */
  boolean dies(RunId run, Consumer<Envelope> then) throws FailureException, InterruptedException {
    try {
      engine.execute(run, then);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  /** The sequence of the last event in the journal. */
  long head(RunId run) throws FailureException {
    long[] head = {0};
    engine.read(run, envelope -> head[0] = envelope.sequence());
    return head[0];
  }

  String outputs(String cwl, String inputs) throws FailureException, InterruptedException {
    RunOutcome outcome = run(cwl, inputs);
    if (outcome.state() != RunState.SUCCEEDED) {
      throw new AssertionError(outcome.toString());
    }
    return ValueJson.write(outcome.outputs()).replace('"', '\'');
  }

  <T extends Event> List<T> events(Class<T> type) {
    return events.stream().map(Envelope::event).filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    engine.close();
  }
}
