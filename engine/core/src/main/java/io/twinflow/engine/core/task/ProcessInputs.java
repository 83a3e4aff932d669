package io.twinflow.engine.core.task;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the input object of an invocation complete: defaults, types, names and sizes of files,
 * secondary files, contents, listings and formats. CWL v1.2, "InputParameter". Safe for many
 * threads.
 */
public final class ProcessInputs {

  private final Evaluator evaluator;
  private final FileLookup lookup;
  private final FileLoading loading;
  private final RemoteInputs remote;
  private final boolean searching;

  public ProcessInputs(Evaluator evaluator, Artifacts artifacts, RemoteInputs remote) {
    this(evaluator, new FileLookup(artifacts, remote), new FileLoading(artifacts), remote, true);
  }

  private ProcessInputs(
      Evaluator evaluator,
      FileLookup lookup,
      FileLoading loading,
      RemoteInputs remote,
      boolean searching) {
    this.evaluator = evaluator;
    this.lookup = lookup;
    this.loading = loading;
    this.remote = remote;
    this.searching = searching;
  }

  /**
   * The same, but secondary files must have come with their primary file: only the inputs of a run
   * are searched for them, because inside a run a link carries what belongs together.
   */
  public ProcessInputs withoutSearch() {
    return new ProcessInputs(evaluator, lookup, loading, remote, false);
  }

  RemoteInputs remote() {
    return remote;
  }

  /**
   * The declared inputs, complete; others are left out.
   *
   * @throws FailureException of kind USER; names everything that is wrong, one line each
   */
  public RecordValue resolve(
      List<InputParameter> parameters,
      Requirements requirements,
      FormatOntology ontology,
      RecordValue values)
      throws FailureException {
    List<Failure> wrong = new ArrayList<>();
    RecordValue typed = typed(parameters, values, wrong);
    stopIf(wrong);
    if (parameters.stream().noneMatch(p -> mayHoldFiles(p.type()))) {
      return typed;
    }
    if (searching) {
      remote.askAgain();
    }
    Scope scope =
        Scope.of(
            evaluator,
            typed,
            null,
            requirements
                .find(Requirement.InlineJavascript.class)
                .map(Requirement.InlineJavascript::expressionLib)
                .orElse(null));
    InputFiles files = new InputFiles(lookup, loading, scope, ontology, searching);
    Map<String, Value> complete = new LinkedHashMap<>();
    for (InputParameter parameter : parameters) {
      Value value = typed.get(parameter.name());
      try {
        complete.put(parameter.name(), files.complete(parameter, value));
      } catch (FailureException e) {
        wrong.add(e.failure());
      }
    }
    stopIf(wrong);
    return new RecordValue(complete);
  }

  private static RecordValue typed(
      List<InputParameter> parameters, RecordValue values, List<Failure> wrong) {
    Map<String, Value> typed = new LinkedHashMap<>();
    for (InputParameter parameter : parameters) {
      Value value = FileObjects.of(values.get(parameter.name()));
      Value preset = parameter.defaultValue();
      if (value == NullValue.NULL && preset != null) {
        value = preset;
      }
      String where = "input '" + parameter.name() + "'";
      String mismatch = TypeCheck.mismatch(parameter.type(), value, where);
      if (mismatch != null) {
        boolean missing = value == NullValue.NULL;
        String message =
            missing
                ? "%s: %s is missing; expected %s"
                    .formatted(parameter.position(), where, Show.type(parameter.type()))
                : parameter.position() + ": " + mismatch;
        wrong.add(new Failure(FailureKind.USER, missing ? "input.missing" : "input.type", message));
      }
      typed.put(parameter.name(), value);
    }
    try {
      return FileWalk.map(new RecordValue(typed), file -> FileLookup.named(file, "an input file"));
    } catch (FailureException e) {
      wrong.add(e.failure());
      return new RecordValue(typed);
    }
  }

  private static boolean mayHoldFiles(CwlType type) {
    return switch (type) {
      case CwlType.Primitive primitive ->
          switch (primitive) {
            case FILE, DIRECTORY, ANY -> true;
            case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING -> false;
          };
      case CwlType.EnumType symbols -> false;
      case CwlType.ArrayType array -> mayHoldFiles(array.items());
      case CwlType.UnionType union ->
          union.alternatives().stream().anyMatch(ProcessInputs::mayHoldFiles);
      case CwlType.RecordType record ->
          record.fields().stream().anyMatch(field -> mayHoldFiles(field.type()));
    };
  }

  private static void stopIf(List<Failure> wrong) throws FailureException {
    if (!wrong.isEmpty()) {
      String message = String.join("\n", wrong.stream().map(Failure::message).toList());
      throw new FailureException(
          new Failure(wrong.getFirst().kind(), wrong.getFirst().code(), message));
    }
  }
}
