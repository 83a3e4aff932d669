package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.BigIntLiteral;
import org.mozilla.javascript.ast.NodeVisitor;

/** Syntax that Rhino would take and that has no bound on what it costs. */
final class ForbiddenSyntax implements NodeVisitor {

  private ForbiddenSyntax() {}

  static void check(AstRoot ast) {
    ast.visit(new ForbiddenSyntax());
  }

  @Override
  public boolean visit(AstNode node) {
    if (node instanceof BigIntLiteral) {
      throw new EvaluatorException(
          "BigInt literals such as 10n are not available in expressions, as JSON has no BigInt. Write a number.",
          "expression",
          node.getLineno());
    }
    return VisitCatch.goOn(node, this);
  }
}
