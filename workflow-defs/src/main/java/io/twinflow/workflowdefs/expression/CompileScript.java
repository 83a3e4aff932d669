package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.IRFactory;
import org.mozilla.javascript.Interpreter;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.ScriptNode;

/** Source to a script for the interpreter, with guards put in. */
final class CompileScript {

  private CompileScript() {}

  /** Throws Rhino's EvaluatorException if the program cannot be parsed. */
  static Script compile(Context context, String name, String program) {
    CompilerEnvirons environs = new CompilerEnvirons();
    environs.initFromContext(context);
    AstRoot ast = new Parser(environs, StopAtFirstError.INSTANCE).parse(program, name, 1);
    ForbiddenSyntax.check(ast);
    ResetLetInLoops.in(ast);
    ScriptNode tree =
        new IRFactory(environs, name, program, StopAtFirstError.INSTANCE).transformTree(ast);
    GuardOperations.in(tree);
    Interpreter interpreter = new Interpreter();
    Object bytecode = interpreter.compile(environs, tree, program, false);
    return interpreter.createScriptObject(bytecode, null);
  }
}
