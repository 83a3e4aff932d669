package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.fold.LinkException;
import io.twinflow.engine.core.fold.Links;
import io.twinflow.engine.core.plan.PlannedStep;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.LoadListing;
import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The effect that stands before an invocation whose inputs are not all given by links: {@code
 * valueFrom}, {@code when}, loops, and the defaults of a sub-workflow. CWL v1.2, Workflow,
 * "WorkflowStepInput".
 */
final class EvaluateInvocation {

  private final Evaluator evaluator;
  private final TaskTools tools;
  private final PlannedStep step;
  private final String address;

  EvaluateInvocation(RunSetting setting, PlannedStep step, String address) {
    this.evaluator = setting.evaluator();
    this.tools = setting.tools();
    this.step = step;
    this.address = address;
  }

  static boolean isNeeded(PlannedStep step) {
    return step.needsEvaluation()
        || (step.process() instanceof PlannedWorkflow workflow && hasInputsToComplete(workflow));
  }

  private static boolean hasInputsToComplete(PlannedWorkflow workflow) {
    for (InputParameter input : workflow.definition().inputs()) {
      if (input.defaultValue() != null || !input.fileTraits().equals(FileTraits.NONE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param inputs by links, defaults and scatter
   */
  Evaluation first(RecordValue inputs) {
    return guarded(() -> {
      RecordValue loaded = load(inputs);
      Map<String, Value> changed = new LinkedHashMap<>();
      note(inputs, loaded, changed);
      for (StepInput input : step.definition().in()) {
        if (input.valueFrom() != null) {
          changed.put(input.name(), evaluate(input.valueFrom(), loaded, loaded.get(input.name())));
        }
      }
      return decide(inputs, changed);
    });
  }

  /**
   * @param inputs of the iteration before
   * @param overrides of the iteration before
   * @param outputs of the iteration before
   */
  Evaluation again(Loop loop, RecordValue inputs, RecordValue overrides, RecordValue outputs) {
    return guarded(() -> {
      Map<String, Value> changed = new LinkedHashMap<>(overrides.fields());
      RecordValue linked = inputs;
      for (Loop.LoopInput input : loop.inputs()) {
        if (!input.loopSource().isEmpty() || input.defaultValue() != null) {
          Value value = carried(input, outputs);
          linked = linked.with(input.name(), value);
          changed.put(input.name(), value);
        }
      }
      for (Loop.LoopInput input : loop.inputs()) {
        if (input.valueFrom() != null) {
          changed.put(input.name(), evaluate(input.valueFrom(), linked, linked.get(input.name())));
        }
      }
      return decide(inputs, changed);
    });
  }

  private static Value carried(Loop.LoopInput input, RecordValue outputs) throws LinkException {
    List<Value> values = input.loopSource().stream().map(outputs::get).toList();
    Value value = Links.combine(input.name(), values, input.linkMerge(), input.pickValue());
    Value instead = input.defaultValue();
    return value == NullValue.NULL && instead != null ? instead : value;
  }

  private Evaluation decide(RecordValue inputs, Map<String, Value> changed)
      throws ExpressionException, FailureException {
    RecordValue seen = merged(inputs, changed);
    ExpressionText when = step.definition().when();
    if (when != null && !holds("when", when, seen)) {
      return new Evaluation.Skip();
    }
    Loop loop = step.definition().loop();
    if (loop != null && !holds("loopWhen", loop.loopWhen(), seen)) {
      return new Evaluation.EndLoop();
    }
    if (step.process() instanceof PlannedWorkflow workflow) {
      complete(workflow, seen, changed);
    }
    return new Evaluation.Make(new RecordValue(changed));
  }

  /** The inputs of a sub-workflow have defaults and file traits like those of a tool. */
  private void complete(PlannedWorkflow workflow, RecordValue seen, Map<String, Value> changed)
      throws FailureException {
    List<InputParameter> withFiles = new ArrayList<>();
    for (InputParameter input : workflow.definition().inputs()) {
      if (!input.fileTraits().equals(FileTraits.NONE)) {
        withFiles.add(input);
      } else if (input.defaultValue() != null && seen.get(input.name()) == NullValue.NULL) {
        changed.put(input.name(), input.defaultValue());
      }
    }
    if (!withFiles.isEmpty()) {
      note(
          seen,
          tools.resolve(withFiles, workflow.requirements(), workflow.ontology(), seen),
          changed);
    }
  }

  /** A step input can ask for contents and listings of its own. */
  private RecordValue load(RecordValue inputs) throws FailureException {
    List<InputParameter> parameters = new ArrayList<>();
    for (StepInput input : step.definition().in()) {
      LoadListing listing = input.loadListing() == null ? LoadListing.NONE : input.loadListing();
      boolean asks = input.loadContents() || listing != LoadListing.NONE;
      if (asks && inputs.get(input.name()) != NullValue.NULL) {
        parameters.add(
            new InputParameter(
                input.name(),
                CwlType.Primitive.ANY,
                null,
                null,
                new FileTraits(List.of(), false, List.of(), input.loadContents(), listing),
                null,
                null,
                input.position()));
      }
    }
    if (parameters.isEmpty()) {
      return inputs;
    }
    RecordValue loaded =
        tools.resolve(parameters, step.process().requirements(), FormatOntology.EMPTY, inputs);
    return merged(inputs, loaded.fields());
  }

  private boolean holds(String what, ExpressionText condition, RecordValue inputs)
      throws ExpressionException, FailureException {
    Value value = evaluate(condition, inputs, NullValue.NULL);
    if (value instanceof BooleanValue bool) {
      return bool.value();
    }
    throw new FailureException(
        user(
            "expression.type",
            "%s: '%s' of %s must be true or false and is %s"
                .formatted(condition.position(), what, address, value)));
  }

  private Value evaluate(ExpressionText text, RecordValue inputs, Value self)
      throws ExpressionException {
    return evaluator.evaluate(
        text, new ExpressionContext(inputs, self, null, step.expressionLib()));
  }

  private static void note(RecordValue before, RecordValue after, Map<String, Value> changed) {
    after
        .fields()
        .forEach((name, value) -> {
          if (!value.equals(before.get(name))) {
            changed.put(name, value);
          }
        });
  }

  private static RecordValue merged(RecordValue inputs, Map<String, Value> changed) {
    Map<String, Value> fields = new LinkedHashMap<>(inputs.fields());
    fields.putAll(changed);
    return new RecordValue(fields);
  }

  private interface Body {
    Evaluation run() throws ExpressionException, FailureException, LinkException;
  }

  private Evaluation guarded(Body body) {
    try {
      return body.run();
    } catch (ExpressionException e) {
      return new Evaluation.Fail(
          user("expression.failed", address + ": " + e.position() + ": " + e.getMessage()));
    } catch (LinkException e) {
      return new Evaluation.Fail(user("link.value", address + ": " + e.getMessage()));
    } catch (FailureException e) {
      Failure failure = e.failure();
      return new Evaluation.Fail(
          failure.message().contains(address)
              ? failure
              : new Failure(failure.kind(), failure.code(), address + ": " + failure.message()));
    }
  }

  private static Failure user(String code, String message) {
    return new Failure(FailureKind.USER, code, message);
  }
}
