package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;

/**
 * JavaScript in this process, on Rhino's interpreter (compiled mode is many times slower on sources
 * that run once). One set of sealed standard objects is shared by all evaluations; each has a scope
 * of its own. Math.random and Date exist: an expression that uses them is not a pure function, and
 * the engine records results rather than evaluating again.
 */
final class RhinoEngine implements JavaScriptEngine {

  /** The tree of a text takes a hundred times its length; of long ones there is one at a time. */
  private static final int LONG = 32 * 1024;

  private final Semaphore parsingLong = new Semaphore(1);
  private final ExpressionLimits limits;
  private final SandboxContexts contexts = new SandboxContexts();
  private final Once<StandardObjects> standardObjects =
      new Once<>(() -> StandardObjects.create(contexts));
  private final ScriptCache scripts = new ScriptCache();
  private final Semaphore running;
  private final PlatformThreads threads;

  RhinoEngine(ExpressionLimits limits) {
    this.limits = limits;
    this.running = new Semaphore(limits.concurrent());
    this.threads = new PlatformThreads(limits.concurrent());
  }

  @Override
  public Value evaluate(
      JavaScriptSource source, List<JavaScriptSource> libraries, ExpressionContext values)
      throws ExpressionException {
    running.acquireUninterruptibly();
    try {
      EvaluationOwner owner = EvaluationOwner.current().orElse(null);
      return threads.call(() -> evaluateHere(source, libraries, values, owner));
    } finally {
      running.release();
    }
  }

  private Value evaluateHere(
      JavaScriptSource source,
      List<JavaScriptSource> libraries,
      ExpressionContext values,
      @Nullable EvaluationOwner owner)
      throws ExpressionException {
    try (SandboxContexts.SandboxContext context = contexts.enterSandbox()) {
      Scriptable scope = scope(context, values);
      EvaluationBudget budget = new EvaluationBudget(limits, owner);
      context.begin(budget);
      for (JavaScriptSource library : libraries) {
        scripts.get(context, library).exec(context, scope, scope);
      }
      Object result = scripts.get(context, source).exec(context, scope, scope);
      budget.checkNotExceeded();
      return new JavaScriptToValue(budget).copy(result);
    } catch (RhinoException e) {
      throw JavaScriptErrors.explain(e, source, libraries, values);
    } catch (UnusableResult | LimitExceeded e) {
      throw source.failure(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw source.failure("its calls are nested too deeply. Look for a recursion without end.");
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
      // Rhino's own assertions; a script that brings them about must not end the run's thread.
      throw source.failure(
          "the JavaScript engine failed on it (%s). Write it more simply.".formatted(e));
    } catch (OutOfMemoryError e) {
      // The limits should not let it come to this; one evaluation must not end the program.
      throw source.failure("it needs more memory than there is.");
    }
  }

  @Override
  public @Nullable ExpressionException syntaxError(JavaScriptSource source) {
    int length = source.code().length();
    if (length > source.form().longest()) {
      return source.failure(
          "it is %,d characters long, and at most %,d are read."
              .formatted(length, source.form().longest()));
    }
    if (length < LONG) {
      return parse(source);
    }
    parsingLong.acquireUninterruptibly();
    try {
      return parse(source);
    } finally {
      parsingLong.release();
    }
  }

  private @Nullable ExpressionException parse(JavaScriptSource source) {
    try (Context context = contexts.enterSandbox()) {
      scripts.get(context, source);
      return null;
    } catch (RhinoException e) {
      return JavaScriptErrors.explain(e, source, List.of(source), null);
    } catch (StackOverflowError e) {
      return source.failure("it is nested too deeply to be parsed.");
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
      return source.failure(
          "the JavaScript engine fails to parse it (%s). Write it more simply.".formatted(e));
    }
  }

  private Scriptable scope(Context context, ExpressionContext values) {
    Scriptable scope = standardObjects.get().newScope(context);
    ValueToJavaScript copier = new ValueToJavaScript(context, scope);
    scope.put("inputs", scope, copier.copy(values.inputs()));
    scope.put("self", scope, copier.copy(values.self()));
    scope.put(
        "runtime",
        scope,
        copier.copy(values.runtime() == null ? NullValue.NULL : values.runtime()));
    values.more().forEach((word, value) -> scope.put(word, scope, copier.copy(value)));
    return scope;
  }
}
