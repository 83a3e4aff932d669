package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.OutputBinding;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.cwl.SecondaryFile;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The globs of a tool's outputs: before the run for the site, afterwards for each output. */
final class CollectGlobs {

  /** The file in which a tool may leave its whole output object. */
  static final String OUTPUT_OBJECT = "cwl.output.json";

  private final Scope scope;
  private final Set<String> found = new LinkedHashSet<>();

  private CollectGlobs(Scope scope) {
    this.scope = scope;
  }

  /** Everything that will be asked for, so that a remote site knows what to bring back. */
  static List<String> of(CommandLineTool tool, Scope scope) throws FailureException {
    CollectGlobs globs = new CollectGlobs(scope);
    globs.found.add(OUTPUT_OBJECT);
    for (OutputParameter output : tool.outputs()) {
      globs.add(output.type(), output.fileTraits(), output.binding());
    }
    return List.copyOf(globs.found);
  }

  private void add(CwlType type, FileTraits traits, @Nullable OutputBinding binding)
      throws FailureException {
    if (binding != null) {
      for (String glob : patterns(binding, scope)) {
        found.add(glob);
        for (SecondaryFile secondary : traits.secondaryFiles()) {
          String pattern = secondary.pattern().text();
          boolean suffix = !secondary.pattern().needsEvaluation() && !pattern.startsWith("^");
          found.add(suffix ? glob + pattern : glob.substring(0, glob.lastIndexOf('/') + 1) + "*");
        }
      }
      if (binding.globs().isEmpty() && binding.outputEval() != null) {
        found.add("*");
      }
    }
    switch (type) {
      case CwlType.RecordType record -> {
        for (RecordField field : record.fields()) {
          add(field.type(), field.fileTraits(), field.outputBinding());
        }
      }
      case CwlType.UnionType union -> {
        for (CwlType alternative : union.alternatives()) {
          add(alternative, traits, null);
        }
      }
      case CwlType.ArrayType array -> add(array.items(), traits, null);
      case CwlType.EnumType e -> {}
      case CwlType.Primitive p -> {}
    }
  }

  /** The patterns of one output, in order. */
  static Set<String> patterns(OutputBinding binding, Scope scope) throws FailureException {
    Set<String> patterns = new LinkedHashSet<>();
    for (ExpressionText glob : binding.globs()) {
      Value value = scope.evaluate(glob);
      List<Value> items = value instanceof ListValue(List<Value> list) ? list : List.of(value);
      for (Value item : items) {
        if (item instanceof StringValue(String pattern)) {
          patterns.add(pattern);
        } else if (item != NullValue.NULL) {
          throw Faults.user(
              "expression.type",
              "%s: glob must be a pattern or a list of patterns, found %s"
                  .formatted(glob.position(), Show.value(item)));
        }
      }
    }
    return patterns;
  }
}
