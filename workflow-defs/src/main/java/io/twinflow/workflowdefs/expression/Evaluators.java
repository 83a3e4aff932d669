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
    return new StandardEvaluator(new Once<>(() -> javascript(limits)), false);
  }

  /** Parameter references in this process, and JavaScript by an engine that may be elsewhere. */
  public static Evaluator over(JavaScriptEngine engine) {
    return new StandardEvaluator(() -> engine, engine.waits());
  }

  /** JavaScript in this process. */
  public static JavaScriptEngine javascript(ExpressionLimits limits) {
    return new RhinoEngine(limits);
  }
}
