package io.twinflow.workflowdefs.expression;

/** Says why a piece of code cannot be used where JavaScript is not allowed. */
final class NotAReference {

  private NotAReference() {}

  static String message(TextPart.Embedded expression) {
    String written = Excerpt.of(expression.written());
    String withoutSpace = expression.code().replaceAll("\\s+", "");
    if (!withoutSpace.equals(expression.code())
        && ParameterReferenceParser.parse(withoutSpace) != null) {
      return "%s: a parameter reference has no white space. Write $%s, or add InlineJavascriptRequirement under 'requirements'."
          .formatted(written, withoutSpace);
    }
    return "%s is JavaScript, not a parameter reference such as $(inputs.name.field[0]). Add InlineJavascriptRequirement under 'requirements', or write '\\$' instead of '$' if no expression is meant."
        .formatted(written);
  }
}
