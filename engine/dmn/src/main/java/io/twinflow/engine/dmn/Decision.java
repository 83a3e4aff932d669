package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Map;

/** A decision of a document, with all that it requires. Immutable. */
public final class Decision {

  /** Makes the decision of checked inputs. */
  interface Logic {
    Decided decide(Map<String, Value> inputs) throws DecisionException;
  }

  private final String id;
  private final String name;
  private final String variable;
  private final List<DecisionInput> inputs;
  private final List<String> outputs;
  private final Logic logic;

  Decision(
      String id,
      String name,
      String variable,
      List<DecisionInput> inputs,
      List<String> outputs,
      Logic logic) {
    this.id = id;
    this.name = name;
    this.variable = variable;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.logic = logic;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** The name of its variable, else its own name. */
  public String variable() {
    return variable;
  }

  /** What it needs from outside, also what the decisions need that it requires. */
  public List<DecisionInput> inputs() {
    return inputs;
  }

  /** The names of what {@link Decided#outputs()} has. */
  public List<String> outputs() {
    return outputs;
  }

  /**
   * Safe from several threads. The same inputs always give the same result.
   *
   * @param inputs by name; what is missing is null
   * @throws DecisionException if the inputs do not fit, or an expression cannot be evaluated
   */
  public Decided decide(Map<String, Value> inputs) throws DecisionException {
    return logic.decide(inputs);
  }
}
