package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;

/**
 * Text that may hold parameter references or JavaScript: {@code $(…)} or {@code ${…}}. CWL v1.2,
 * section "Expressions". Text without either stands for itself.
 *
 * @param position where the text begins, for messages at run time
 */
public record ExpressionText(String text, Position position) {

  /** Whether anything in the text needs evaluation (also an escaped {@code \$(}). */
  public boolean needsEvaluation() {
    return text.contains("$(") || text.contains("${");
  }
}
