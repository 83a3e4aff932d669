package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.SecondaryFile;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import java.util.Objects;

/** The names that patterns of secondary files make. CWL v1.2, "SecondaryFileSchema". */
final class SecondaryNames {

  private SecondaryNames() {}

  /** What a pattern names beside a file: a name, or whatever its expression yields, as a list. */
  static List<Value> of(SecondaryFile pattern, FileValue primary, Scope scope)
      throws FailureException {
    if (!pattern.pattern().needsEvaluation()) {
      String basename = Objects.requireNonNull(primary.basename());
      return List.of(new StringValue(apply(basename, pattern.pattern().text())));
    }
    Value named = scope.evaluate(pattern.pattern(), primary);
    return named instanceof ListValue(List<Value> list) ? list : List.of(named);
  }

  /** Removes an extension for each leading caret, then appends the rest. */
  static String apply(String basename, String pattern) {
    String name = basename;
    String rest = pattern;
    while (rest.startsWith("^")) {
      int dot = name.lastIndexOf('.');
      name = dot > 0 ? name.substring(0, dot) : name;
      rest = rest.substring(1);
    }
    return name + rest;
  }
}
