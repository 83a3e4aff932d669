package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.Operation;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.cwl.check.InputObjectChecker;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/**
 * A form as the inputs of a process that is only described, so that whatever fills in the inputs of
 * workflows fills in forms as well: with the same types, the same checks and the same words.
 */
public final class FormInputs {

  private FormInputs() {}

  /**
   * @param id of what asks for the form
   */
  public static Operation of(String id, List<FormField> form, Position position) {
    return new Operation(
        new CwlProcess.Header(id, id, null, null, "v1.2", List.of(), Requirements.NONE, position),
        form.stream().map(field -> input(field, position)).toList(),
        List.of());
  }

  private static InputParameter input(FormField field, Position position) {
    CwlType type = type(field);
    return new InputParameter(
        field.name(),
        field.required() ? type : new CwlType.UnionType(List.of(CwlType.Primitive.NULL, type)),
        field.label(),
        null,
        FileTraits.NONE,
        null,
        null,
        position);
  }

  private static CwlType type(FormField field) {
    return switch (field.type()) {
      case TEXT, DATE -> CwlType.Primitive.STRING;
      case INTEGER -> CwlType.Primitive.LONG;
      case NUMBER -> CwlType.Primitive.DOUBLE;
      case BOOLEAN -> CwlType.Primitive.BOOLEAN;
      case CHOICE -> new CwlType.EnumType(null, field.options(), null);
      case FILE -> CwlType.Primitive.FILE;
      case ANY -> CwlType.Primitive.ANY;
    };
  }

  /**
   * What was filled in, with null for what was left out.
   *
   * @throws InvalidDefinitionException with all that is missing, unknown or of the wrong type
   */
  public static RecordValue filledIn(String id, List<FormField> form, RecordValue values)
      throws InvalidDefinitionException {
    Position position = Position.startOf(id);
    ProblemLog log = new ProblemLog();
    List<String> names = form.stream().map(FormField::name).toList();
    for (String name : values.fields().keySet()) {
      if (!names.contains(name)) {
        log.error(
            Position.startOf(name),
            "the form has no field \"%s\".%s".formatted(name, NearestName.hint(name, names)));
      }
    }
    log.throwIfAny();
    RecordValue inputs =
        InputObjectChecker.check(
                of(id, form, position),
                values,
                position,
                path -> Position.startOf(String.valueOf(path.getFirst())))
            .inputs();
    checkDates(form, inputs);
    return inputs;
  }

  /** What CWL has no type for. */
  public static void checkDates(List<FormField> form, RecordValue values)
      throws InvalidDefinitionException {
    ProblemLog log = new ProblemLog();
    for (FormField field : form) {
      if (field.type() == FormField.Type.DATE
          && values.get(field.name()) instanceof StringValue(String text)
          && !isDate(text)) {
        log.error(
            Position.startOf(field.name()),
            "\"%s\": expected a date as 2026-11-21, found \"%s\".".formatted(field.name(), text));
      }
    }
    log.throwIfAny();
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
