package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;

/** A decision of a document, with all that it requires. Immutable. */
public final class Decision {

  private final DecisionPart part;
  private final EvaluateDecision evaluate;

  Decision(DecisionPart part, EvaluateDecision evaluate) {
    this.part = part;
    this.evaluate = evaluate;
  }

  public String id() {
    return part.id();
  }

  public String name() {
    return part.name();
  }

  /** The name of its variable, else its own name, else its id. */
  public String variable() {
    return part.variable();
  }

  /** What it needs from outside, also what the decisions need that it requires. */
  public List<DecisionInput> inputs() {
    return evaluate.inputs().stream()
        .map(input -> new DecisionInput(input.name(), input.type().written()))
        .toList();
  }

  /** The names of what {@link Decided#outputs()} has. */
  public List<String> outputs() {
    return evaluate.outputs();
  }

  /**
   * Safe from several threads. The same inputs always give the same result.
   *
   * @param inputs by name; what is missing is null
   * @throws DecisionException if the inputs do not fit, or an expression cannot be evaluated
   */
  public Decided decide(Map<String, Value> inputs) throws DecisionException {
    return evaluate.decide(inputs);
  }
}
