package io.twinflow.workflowdefs.expression;

/** Where evaluators come from. */
public final class Evaluators {

  private Evaluators() {}

  /**
   * Parameter references, and JavaScript in this process within the standard limits. One for a
   * whole program is enough: it caches compiled expressions.
   */
  public static Evaluator standard() {
    return withLimits(ExpressionLimits.standard());
  }

  /** The same within other limits. */
  public static Evaluator withLimits(ExpressionLimits limits) {
    return new StandardEvaluator(() -> new RhinoEngine(limits));
  }
}
