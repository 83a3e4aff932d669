package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.cwl.FormatOntology;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Whether an input file has one of the formats that its parameter asks for. */
final class FormatCheck {

  private final FormatOntology ontology;
  private final Scope scope;

  FormatCheck(FormatOntology ontology, Scope scope) {
    this.ontology = ontology;
    this.scope = scope;
  }

  void check(FileValue file, List<ExpressionText> formats, String what) throws FailureException {
    List<String> expected = new ArrayList<>();
    for (ExpressionText format : formats) {
      add(scope.evaluate(format, file), format, expected);
    }
    if (expected.isEmpty()) {
      return;
    }
    String found = file.format();
    if (found == null) {
      throw Faults.user(
          "input.format",
          "%s: the File %s has no format; expected %s. Add 'format' to the File in the inputs"
              .formatted(what, Show.name(file), String.join(" or ", expected)));
    }
    if (expected.stream().noneMatch(iri -> ontology.isKindOf(found, iri))) {
      throw Faults.user(
          "input.format",
          "%s: the File %s has the format %s; expected %s"
              .formatted(what, Show.name(file), found, String.join(" or ", expected)));
    }
  }

  private static void add(Value value, ExpressionText format, List<String> expected)
      throws FailureException {
    switch (value) {
      case StringValue(String iri) -> expected.add(iri);
      case NullValue n -> {}
      case ListValue(List<Value> items) -> {
        for (Value item : items) {
          add(item, format, expected);
        }
      }
      case Value other ->
          throw Faults.user(
              "expression.type",
              "%s: a format must be an IRI or a list of them, found %s"
                  .formatted(format.position(), Show.value(other)));
    }
  }
}
