package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import org.jspecify.annotations.Nullable;

/** Where the three streams of a tool come from and go to. */
record Redirections(@Nullable String stdin, @Nullable String stdout, @Nullable String stderr) {

  static Redirections of(CommandLineTool tool, Scope scope, String outdir) throws FailureException {
    return new Redirections(
        input(tool.stdin(), scope, outdir),
        output(tool.stdout(), scope, "stdout"),
        output(tool.stderr(), scope, "stderr"));
  }

  private static @Nullable String input(@Nullable ExpressionText stdin, Scope scope, String outdir)
      throws FailureException {
    Value value = stdin == null ? NullValue.NULL : scope.evaluate(stdin);
    if (stdin == null || value == NullValue.NULL) {
      return null;
    }
    if (!(value instanceof StringValue(String path)) || path.isEmpty()) {
      throw Faults.user(
          "expression.type",
          "%s: stdin must be the path of a file, found %s"
              .formatted(stdin.position(), Show.value(value)));
    }
    return path.startsWith("/") ? path : outdir + "/" + path;
  }

  private static @Nullable String output(@Nullable ExpressionText name, Scope scope, String field)
      throws FailureException {
    if (name == null) {
      return null;
    }
    String text = scope.text(name, field);
    if (text.isEmpty()
        || text.indexOf('/') >= 0
        || text.indexOf('\0') >= 0
        || text.equals(".")
        || text.equals("..")) {
      throw Faults.user(
          "stream.name",
          "%s: %s must be a file name in the working folder, without '/', found '%s'"
              .formatted(name.position(), field, text));
    }
    return text;
  }
}
