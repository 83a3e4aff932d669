package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.RhinoException;

/** Rhino's errors as ours: with position, the engine's text, the offending line and advice. */
final class JavaScriptErrors {

  private static final Pattern QUOTED_NAME = Pattern.compile("\"([^\"\\s]+)\"");

  private JavaScriptErrors() {}

  /**
   * The error in a person's words.
   *
   * @param expression whose evaluation it ends
   * @param libraries the libraries it uses; the error may stand in one of them
   */
  static ExpressionException explain(
      RhinoException error,
      JavaScriptSource expression,
      List<JavaScriptSource> libraries,
      @Nullable ExpressionContext context) {
    JavaScriptSource failed = expression;
    for (JavaScriptSource library : libraries) {
      if (library.name().equals(error.sourceName())) {
        failed = library;
      }
    }
    List<String> lines = failed.code().lines().toList();
    int line = Math.clamp(error.lineNumber(), 1, Math.max(1, lines.size()));
    String text = lines.isEmpty() ? "" : lines.get(line - 1);
    int column = column(error, failed, line, text);

    StringBuilder message = new StringBuilder();
    message.append('$').append(Excerpt.of(expression.code())).append(": ");
    if (failed.form() == JavaScriptSource.Form.LIBRARY) {
      message.append("in ").append(failed.name()).append(", line ").append(line).append(": ");
    }
    message.append(stripped(error.details()));
    String advice = Advice.on(error, failed.code(), line, column, context);
    if (!advice.isEmpty()) {
      message.append(message.charAt(message.length() - 1) == '.' ? " " : ". ").append(advice);
    }
    if (lines.size() > 1 && !text.isBlank()) {
      appendLine(message, text, column);
    }
    Position position =
        failed.form() == JavaScriptSource.Form.EXPRESSION
            ? expression.place(line, Math.max(1, column))
            : expression.position();
    return new ExpressionException(position, message.toString());
  }

  /** The column in the line as the author wrote it, from 1; 0 if it is not known. */
  private static int column(RhinoException error, JavaScriptSource failed, int line, String text) {
    // Rhino's column is that behind the token it did not expect.
    int column = error.columnNumber() - 1 - (line == 1 ? failed.shift() : 0);
    if (column > 0 && column <= text.length() + 1) {
      return column;
    }
    Matcher name = QUOTED_NAME.matcher(String.valueOf(error.details()));
    while (name.find()) {
      int found = text.indexOf(name.group(1));
      if (found >= 0) {
        return found + 1;
      }
    }
    return 0;
  }

  private static void appendLine(StringBuilder message, String text, int column) {
    int indent = text.length() - text.stripLeading().length();
    message.append("\n    ").append(text.strip());
    if (column > indent) {
      message.append("\n    ").append(" ".repeat(column - 1 - indent)).append('^');
    }
  }

  private static String stripped(@Nullable String details) {
    return details == null ? "it failed without saying why" : details.strip();
  }
}
