package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the output object of a tool that has run. CommandLineTool v1.2, "Output binding". Safe for
 * many threads.
 */
public final class OutputCollection {

  private final Evaluator evaluator;
  private final Artifacts artifacts;
  private final UndeclaredOutputs undeclared = new UndeclaredOutputs();

  /**
   * @param artifacts for outputs that are inputs passed through
   */
  public OutputCollection(Evaluator evaluator, Artifacts artifacts) {
    this.evaluator = evaluator;
    this.artifacts = artifacts;
  }

  /**
   * @throws FailureException of kind TASK if the tool did not make what it promises, USER if an
   *     expression is wrong, INFRASTRUCTURE if the folder cannot be read
   */
  public CollectedOutputs collect(
      PreparedTask task, PlannedTool planned, OutputFolder folder, int exitCode)
      throws FailureException {
    OutputFiles files = new OutputFiles(folder, task.spec(), artifacts);
    SettledFiles settled = new SettledFiles(files);
    Scope scope =
        Scope.of(
            evaluator,
            task.inputs(),
            task.runtime().with("exitCode", new IntegerValue(exitCode)),
            planned.expressionLib());
    OutputValues values = new OutputValues(files, settled, scope);
    Optional<RecordValue> reported = reported(files);
    reported.ifPresent(object -> undeclared.tell(planned.tool(), task.spec(), object));
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (OutputParameter output : planned.tool().outputs()) {
      String what = output.position() + ": output '" + output.name() + "'";
      Value value =
          reported.isPresent()
              ? FileWalk.map(reported.get().get(output.name()), file -> settled.settle(file, what))
              : values.of(output.type(), output.fileTraits(), output.binding(), what);
      Value finished = FileWalk.map(value, file -> settled.finish(file, what));
      check(output, finished, what, files, reported.isPresent());
      outputs.put(output.name(), finished);
    }
    return new CollectedOutputs(new RecordValue(outputs), settled.identities());
  }

  private static Optional<RecordValue> reported(OutputFiles files) throws FailureException {
    Optional<String> text = files.text(CollectGlobs.OUTPUT_OBJECT);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (ValueJson.read(text.get()) instanceof RecordValue object) {
        return Optional.of(object);
      }
    } catch (InvalidJsonException e) {
      throw Faults.task(
          "output.json", CollectGlobs.OUTPUT_OBJECT + " is not JSON; " + e.getMessage());
    }
    throw Faults.task(
        "output.json", CollectGlobs.OUTPUT_OBJECT + " must hold one object with the outputs");
  }

  private static void check(
      OutputParameter output, Value value, String what, OutputFiles files, boolean reported)
      throws FailureException {
    String wrong = TypeCheck.mismatch(output.type(), value, what);
    if (wrong == null) {
      return;
    }
    var binding = output.binding();
    if (value == NullValue.NULL && reported) {
      throw Faults.task(
          "output.missing",
          "%s is %s, but %s has no '%s'"
              .formatted(
                  what, Show.type(output.type()), CollectGlobs.OUTPUT_OBJECT, output.name()));
    }
    if (value == NullValue.NULL && binding != null && binding.outputEval() == null) {
      throw Faults.task(
          "output.missing",
          "%s is %s, but nothing matched %s; %s"
              .formatted(
                  what, Show.type(output.type()), OutputValues.globs(binding), files.names()));
    }
    throw Faults.task("output.type", wrong);
  }
}
