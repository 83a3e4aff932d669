package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.IRFactory;
import org.mozilla.javascript.Interpreter;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.ScriptNode;

/** Source to a script for the interpreter, with guards put in. */
final class CompileScript {

  private CompileScript() {}

  /** Throws Rhino's EvaluatorException if the program cannot be parsed. */
  static Script compile(Context context, String name, String program) {
    CompilerEnvirons environs = environs(context);
    Interpreter interpreter = new Interpreter();
    return interpreter.createScriptObject(
        interpreter.compile(environs, tree(environs, name, program), program, false), null);
  }

  /** The one function that the source declares. Throws like {@link #compile}. */
  static Function function(Context context, Scriptable scope, String name, String source) {
    CompilerEnvirons environs = environs(context);
    String program = BlockScopedConstants.in(source);
    ScriptNode tree = tree(environs, name, program);
    if (tree.getFunctionCount() != 1) {
      throw ScriptRuntime.constructError(
          "SyntaxError", "new Function takes the body of one function");
    }
    Interpreter interpreter = new Interpreter();
    return interpreter.createFunctionObject(
        context, scope, interpreter.compile(environs, tree, program, true), null);
  }

  private static CompilerEnvirons environs(Context context) {
    CompilerEnvirons environs = new CompilerEnvirons();
    environs.initFromContext(context);
    return environs;
  }

  private static ScriptNode tree(CompilerEnvirons environs, String name, String program) {
    AstRoot ast = parse(environs, name, program);
    ForbiddenSyntax.check(ast);
    ResetLetInLoops.in(ast);
    ScriptNode tree =
        new IRFactory(environs, name, program, StopAtFirstError.INSTANCE).transformTree(ast);
    GuardOperations.in(tree);
    return tree;
  }

  private static AstRoot parse(CompilerEnvirons environs, String name, String program) {
    try {
      return new Parser(environs, StopAtFirstError.INSTANCE).parse(program, name, 1);
    } catch (EvaluatorException e) {
      AstRoot withSpreadCalls = SpreadCalls.parse(environs, name, program);
      if (withSpreadCalls == null) {
        throw e;
      }
      return withSpreadCalls;
    }
  }
}
