package io.twinflow.engine.core.secret;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.run.TaskTools;
import io.twinflow.engine.core.task.CollectedOutputs;
import io.twinflow.engine.core.task.PlannedTool;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/** Tools that see secrets in plain text, in a run whose journal does not. */
public final class SecretTools implements TaskTools {

  private final TaskTools tools;
  private final RunSecrets secrets;

  private SecretTools(TaskTools tools, RunSecrets secrets) {
    this.tools = tools;
    this.secrets = secrets;
  }

  public static TaskTools around(TaskTools tools, RunSecrets secrets) {
    return secrets.isEmpty() ? tools : new SecretTools(tools, secrets);
  }

  @Override
  public PreparedTask prepare(
      PlannedTool tool,
      String name,
      RecordValue inputs,
      AttemptKey attempt,
      Executor executor,
      RunOptions options)
      throws FailureException {
    return masked(() -> {
      PreparedTask task =
          tools.prepare(tool, name, secrets.reveal(inputs), attempt, executor, options);
      return new PreparedTask(shown(task.spec()), task.inputs(), task.runtime(), task.notices());
    });
  }

  private TaskSpec shown(TaskSpec spec) {
    return new TaskSpec(
        spec.attempt(),
        spec.name(),
        spec.command(),
        spec.displayCommand().stream().map(secrets::mask).toList(),
        spec.environment(),
        spec.stdin(),
        spec.stdout(),
        spec.stderr(),
        spec.layout(),
        spec.staging(),
        spec.resources(),
        spec.container(),
        spec.timeLimit(),
        spec.networkAccess(),
        spec.collect());
  }

  @Override
  public CollectedOutputs collect(
      PreparedTask task, PlannedTool tool, OutputFolder folder, int exitCode)
      throws FailureException {
    return masked(() -> {
      CollectedOutputs collected = tools.collect(task, tool, folder, exitCode);
      return new CollectedOutputs(secrets.hide(collected.outputs()), collected.artifacts());
    });
  }

  @Override
  public RecordValue evaluate(PlannedProcess.Expression expression, RecordValue inputs)
      throws FailureException {
    return masked(() -> secrets.hide(tools.evaluate(expression, secrets.reveal(inputs))));
  }

  @Override
  public RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException {
    return masked(() ->
        secrets.hide(tools.resolve(parameters, requirements, ontology, secrets.reveal(values))));
  }

  @Override
  public String shown(String message) {
    return secrets.mask(message);
  }

  private interface Body<T> {
    T run() throws FailureException;
  }

  private <T> T masked(Body<T> body) throws FailureException {
    try {
      return body.run();
    } catch (FailureException e) {
      Failure failure = e.failure();
      throw new FailureException(
          new Failure(failure.kind(), failure.code(), secrets.mask(failure.message())));
    }
  }
}
