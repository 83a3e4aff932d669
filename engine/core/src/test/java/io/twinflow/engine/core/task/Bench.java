package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Capabilities;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.testing.FakeEnd;
import io.twinflow.executors.testing.FakeExecutor;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.ExpressionTool;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.cwl.load.LoadOptions;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prepares and collects tools that tests write down as CWL. Folders are below {@link #HOME}. */
final class Bench {

  static final AttemptKey ATTEMPT = new AttemptKey("t", "20261120-093012-k3x9qa", 1, 1);
  static final String HOME = "/fake/" + ATTEMPT.value();
  static final String OUT = HOME + "/out";
  static final String IN = HOME + "/in";

  private static final Evaluator EVALUATOR = Evaluators.standard();

  final FakeArtifacts artifacts = new FakeArtifacts();

  private final ProcessInputs inputs = new ProcessInputs(EVALUATOR, artifacts, RemoteInputs.NONE);
  private RunOptions.ContainerUse containers = RunOptions.ContainerUse.AUTO;
  private Optional<String> engine = Optional.empty();

  Bench with(String location, String text) {
    artifacts.with(location, text);
    return this;
  }

  Bench withContainerEngine() {
    engine = Optional.of("docker");
    return this;
  }

  Bench withoutContainers() {
    containers = RunOptions.ContainerUse.NONE;
    return this;
  }

  /**
   * @param body of the tool, without class and version
   */
  static PlannedTool tool(String body) {
    WorkflowDocument document = load("cwlVersion: v1.2\nclass: CommandLineTool\n" + body);
    CwlProcess process = document.process();
    return new PlannedTool(
        (CommandLineTool) process, process.header().requirements(), document.ontology());
  }

  PreparedTask prepare(String body, String job) throws FailureException {
    return prepare(tool(body), job, FakeExecutor.instant());
  }

  PreparedTask prepare(PlannedTool tool, String job, Executor executor) throws FailureException {
    RunOptions options = new RunOptions(RunOptions.OnError.STOP, true, Map.of(), 3, containers);
    return new TaskPreparation(
            EVALUATOR, inputs, new ToolSettings("/bin", java.util.List.of("mpirun", "-n", "{n}")))
        .prepare(tool, json(job), ATTEMPT, site(executor), options);
  }

  /** Runs a tool that leaves something behind, and collects it. */
  CollectedOutputs collect(String body, String job, FakeEnd end) throws Exception {
    PlannedTool tool = tool(body);
    FakeExecutor executor = FakeExecutor.ending(task -> end);
    PreparedTask task = prepare(tool, job, executor);
    var batch =
        executor.submit(
            new Batch(new BatchKey("t", ATTEMPT.run(), 1), java.util.List.of(task.spec())));
    if (batch.attempts().isEmpty()) {
      throw new IllegalStateException("the fake took nothing");
    }
    return new OutputCollection(EVALUATOR, artifacts)
        .collect(task, tool, executor.outputs(task.spec()), 0);
  }

  RecordValue evaluate(String body, String job) throws FailureException {
    CwlProcess process = load("cwlVersion: v1.2\nclass: ExpressionTool\n" + body).process();
    return new ExpressionRun(EVALUATOR, inputs)
        .run(
            (ExpressionTool) process,
            process.header().requirements(),
            FormatOntology.EMPTY,
            json(job));
  }

  static RecordValue json(String text) {
    try {
      return (RecordValue) ValueJson.read(text);
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static WorkflowDocument load(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    LoadOptions options =
        LoadOptions.defaults().withFetcher((iri, display, limits) -> bytes.clone());
    try {
      return CwlLoader.load("file:///docs/tool.cwl", options);
    } catch (InvalidDefinitionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The fake, with a container engine if the test wants one. */
  private Executor site(Executor executor) {
    return (Executor)
        Proxy.newProxyInstance(
            Bench.class.getClassLoader(),
            new Class<?>[] {Executor.class},
            (proxy, method, arguments) ->
                method.getName().equals("capabilities")
                    ? new Capabilities(
                        4, 4096, 0, engine, "Install docker.", Set.of("file"), 100, 100)
                    : method.invoke(executor, arguments));
  }
}
