package io.twinflow.engine.dmn.feel;

import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.Val;

/**
 * An expression that may be evaluated.
 *
 * @param text as it was written
 * @param isConstant whether its value never changes
 */
public record Expression(String text, Exp tree, boolean isConstant) {

  public Val evaluate(Scope scope) throws Impossible {
    return Evaluate.value(tree, scope);
  }
}
