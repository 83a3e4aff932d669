package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.CatchClause;
import org.mozilla.javascript.ast.NodeVisitor;

/** Rhino's own walk over a tree fails at {@code catch} without a name. */
final class VisitCatch {

  private VisitCatch() {}

  /** What a visitor returns for a node, so that the walk goes on below it. */
  static boolean goOn(AstNode node, NodeVisitor visitor) {
    if (node instanceof CatchClause clause && clause.getVarName() == null) {
      clause.getBody().visit(visitor);
      return false;
    }
    return true;
  }
}
