package io.twinflow.workflowdefs.expression;

import org.mozilla.javascript.ast.ScriptNode;

final class GuardConcatenation {
  private GuardConcatenation() {}

  static void in(ScriptNode tree) {}
}
