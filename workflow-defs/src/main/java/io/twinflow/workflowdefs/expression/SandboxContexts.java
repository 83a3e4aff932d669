package io.twinflow.workflowdefs.expression;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;

/** Rhino contexts that see no Java, run interpreted and ask their budget again and again. */
final class SandboxContexts extends ContextFactory {

  /** Bytecodes between two looks at the budget. */
  private static final int INSTRUCTIONS_BETWEEN_CHECKS = 2_000;

  /** Calls from JavaScript to JavaScript; each takes some hundred bytes of heap. */
  private static final int DEEPEST_CALL = 3_000;

  /** What the tree and the bytecode of a source take, roughly. */
  private static final int BYTES_PER_CHARACTER_OF_CODE = 100;

  /** A context with the budget of the evaluation that runs in it. */
  static final class SandboxContext extends Context {

    private @Nullable EvaluationBudget budget;

    SandboxContext(ContextFactory factory) {
      super(factory);
    }

    /** {@code new Function}: code with the same guards as any source. */
    @Override
    protected Object compileImpl(
        Scriptable callScope,
        String sourceString,
        String sourceName,
        int lineNumber,
        Object securityDomain,
        boolean returnFunction,
        org.mozilla.javascript.Evaluator compiler,
        ErrorReporter compilationErrorReporter,
        Consumer<CompilerEnvirons> compilerEnvironsProcessor) {
      if (!returnFunction || budget == null) {
        throw ScriptRuntime.typeError(
            "eval is not available in expressions; write the code itself");
      }
      budget.reserve((long) sourceString.length() * BYTES_PER_CHARACTER_OF_CODE);
      return CompileScript.function(this, callScope, "new Function", sourceString);
    }

    void begin(EvaluationBudget newBudget) {
      budget = newBudget;
    }

    /** Null while the standard objects are made, and while something is only compiled. */
    @Nullable EvaluationBudget budget() {
      return budget;
    }
  }

  /** A context for the calling thread, to be closed by it. */
  SandboxContext enterSandbox() {
    return (SandboxContext) enterContext();
  }

  @Override
  protected Context makeContext() {
    SandboxContext context = new SandboxContext(this);
    context.setInterpretedMode(true);
    context.setLanguageVersion(Context.VERSION_ES6);
    context.setClassShutter(name -> false);
    context.setMaximumInterpreterStackDepth(DEEPEST_CALL);
    context.setInstructionObserverThreshold(INSTRUCTIONS_BETWEEN_CHECKS);
    context.setGeneratingDebug(false);
    context.setGeneratingSource(false);
    return context;
  }

  @Override
  protected boolean hasFeature(Context context, int feature) {
    return switch (feature) {
      case Context.FEATURE_E4X,
          Context.FEATURE_PARENT_PROTO_PROPERTIES,
          Context.FEATURE_MEMBER_EXPR_AS_FUNCTION_NAME,
          Context.FEATURE_V8_EXTENSIONS,
          Context.FEATURE_ENHANCED_JAVA_ACCESS ->
          false;
      // What the shared constructor Function makes sees the globals of the evaluation.
      case Context.FEATURE_DYNAMIC_SCOPE -> true;
      default -> super.hasFeature(context, feature);
    };
  }

  @Override
  protected void observeInstructionCount(Context context, int instructionCount) {
    EvaluationBudget budget = ((SandboxContext) context).budget();
    if (budget != null) {
      budget.check();
    }
  }
}
