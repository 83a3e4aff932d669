package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.ForInLoop;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.NodeVisitor;
import org.mozilla.javascript.ast.NumberLiteral;
import org.mozilla.javascript.ast.UnaryExpression;
import org.mozilla.javascript.ast.VariableDeclaration;
import org.mozilla.javascript.ast.VariableInitializer;

/**
 * Gives {@code let x;} the value undefined each time it is reached. Rhino would keep the value of a
 * loop's last round.
 */
final class ResetLetInLoops implements NodeVisitor {

  private ResetLetInLoops() {}

  static void in(AstRoot ast) {
    ast.visit(new ResetLetInLoops());
  }

  @Override
  public boolean visit(AstNode node) {
    if (node instanceof VariableDeclaration declaration
        && declaration.getType() == Token.LET
        && !isLoopHead(declaration)) {
      for (VariableInitializer variable : declaration.getVariables()) {
        if (variable.getInitializer() == null && variable.getTarget() instanceof Name) {
          variable.setInitializer(undefined(variable));
        }
      }
    }
    return VisitCatch.goOn(node, this);
  }

  private static boolean isLoopHead(VariableDeclaration declaration) {
    return declaration.getParent() instanceof ForInLoop;
  }

  private static AstNode undefined(AstNode place) {
    UnaryExpression undefined =
        new UnaryExpression(Token.VOID, place.getPosition(), new NumberLiteral(0));
    undefined.setLineColumnNumber(place.getLineno(), place.getColumn());
    return undefined;
  }
}
