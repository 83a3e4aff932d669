package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.FormField;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code tw:form}. */
record FormReader(ProblemLog log) {

  private static final List<String> TYPES =
      Arrays.stream(FormField.Type.values()).map(t -> t.name().toLowerCase(Locale.ROOT)).toList();

  List<FormField> read(XmlElement form) {
    new Taken(form, log).end();
    List<FormField> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (XmlElement child : form.children()) {
      if (!Names.isTwinflow(child) || !child.name().equals("field")) {
        log.error(
            child.position(),
            "expected tw:field in tw:form, found %s.".formatted(Names.written(child)));
        continue;
      }
      FormField field = field(child);
      if (!field.name().isEmpty() && !names.add(field.name())) {
        log.error(child.position(), "the form has two fields \"%s\".".formatted(field.name()));
      }
      fields.add(field);
    }
    return fields;
  }

  private FormField field(XmlElement element) {
    Taken taken = new Taken(element, log);
    String name = taken.variable("name", "the variable that the answer becomes");
    String label = taken.text("label");
    boolean required = taken.flag("required", false);
    FormField.Type type = type(taken);
    taken.end();
    List<String> options = options(element);
    boolean choice = type == FormField.Type.CHOICE;
    if (choice == options.isEmpty()) {
      log.error(
          element.position(),
          choice
              ? "a field of type choice needs what can be chosen: <tw:option value=\"…\"/>."
              : "only a field of type choice has tw:option.");
    }
    return new FormField(name, type, label == null ? name : label, required, options);
  }

  private FormField.Type type(Taken taken) {
    String type = taken.required("type", "one of " + String.join(", ", TYPES));
    if (TYPES.contains(type)) {
      return FormField.Type.valueOf(type.toUpperCase(Locale.ROOT));
    }
    if (!type.isEmpty()) {
      log.error(
          taken.at("type"),
          "expected one of %s for type, found \"%s\".%s"
              .formatted(String.join(", ", TYPES), type, NearestName.hint(type, TYPES)));
    }
    return FormField.Type.ANY;
  }

  private List<String> options(XmlElement field) {
    List<String> options = new ArrayList<>();
    for (XmlElement option : field.children()) {
      Taken taken = new Taken(option, log);
      options.add(taken.required("value", "what can be chosen"));
      taken.end();
    }
    Set<String> distinct = options.stream().collect(Collectors.toSet());
    if (distinct.size() < options.size()) {
      log.error(field.position(), "an option stands twice in this field.");
    }
    return options;
  }
}
