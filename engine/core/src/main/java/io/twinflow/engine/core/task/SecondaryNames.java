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

  /** What becomes of a file when one of its patterns has named something. */
  interface Add {

    /**
     * @param item a name, a file, null, or what must not be here
     */
    FileValue to(FileValue primary, Value item, boolean required, SecondaryFile pattern)
        throws FailureException;
  }

  /**
   * A file with all that its patterns name; each pattern sees what those before it have added.
   *
   * @param required what holds for a pattern that does not say it
   */
  static FileValue addAll(
      FileValue primary,
      List<SecondaryFile> patterns,
      boolean required,
      Scope scope,
      String what,
      Add add)
      throws FailureException {
    FileValue found = primary;
    for (SecondaryFile pattern : patterns) {
      boolean must =
          pattern.required() == null
              ? required
              : scope.flag(pattern.required(), found, what + ": 'required' of a secondary file");
      for (Value item : of(pattern, found, scope)) {
        found = add.to(found, item, must, pattern);
      }
    }
    return found;
  }

  static FailureException neither(SecondaryFile pattern, Value item) {
    return Faults.user(
        "secondary.type",
        "%s: a secondary file must be a name, a File or a Directory, found %s"
            .formatted(pattern.pattern().position(), Show.value(item)));
  }

  /** What a pattern names beside a file: a name, or whatever its expression yields, as a list. */
  private static List<Value> of(SecondaryFile pattern, FileValue primary, Scope scope)
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
