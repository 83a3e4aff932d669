package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.Repetition;
import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code multiInstanceLoopCharacteristics}. */
record RepetitionReader(ProblemLog log) {

  private static final Set<String> PARTS =
      Set.of(
          "documentation",
          "extensionElements",
          "loopCardinality",
          "loopDataInputRef",
          "inputDataItem",
          "completionCondition");

  @Nullable Repetition read(XmlElement activity) {
    List<XmlElement> found = activity.children("multiInstanceLoopCharacteristics");
    if (found.isEmpty()) {
      return null;
    }
    XmlElement element = found.getFirst();
    Taken taken = new Taken(element, log).passOver("id");
    boolean sequential = taken.flag("isSequential", false);
    taken.only("behavior", Set.of("All"), "Events of single items are not thrown.");
    taken.end();
    for (XmlElement child : element.children()) {
      if (Names.isBpmn(child) && !PARTS.contains(child.name())) {
        log.unsupported(
            child.position(),
            "%s is not run. Results are kept as variables with tw:output.".formatted(child.name()));
      }
    }
    String items = variable(element, "loopDataInputRef");
    Repetition repetition =
        new Repetition(
            sequential,
            template(element, "loopCardinality"),
            items,
            item(element),
            template(element, "completionCondition"));
    if ((repetition.times() == null) == (items == null)) {
      log.error(
          element.position(),
          "expected either loopCardinality (how often) or loopDataInputRef (the variable with a list), found %s."
              .formatted(items == null ? "neither" : "both"));
    }
    return repetition;
  }

  private @Nullable Template template(XmlElement element, String name) {
    for (XmlElement child : element.children(name)) {
      return new Taken(child, log).template(child.text().strip(), child.textPosition());
    }
    return null;
  }

  private @Nullable String variable(XmlElement element, String name) {
    for (XmlElement child : element.children(name)) {
      return new Taken(child, log).checkedVariable(child.text().strip(), child.textPosition());
    }
    return null;
  }

  private @Nullable String item(XmlElement element) {
    for (XmlElement child : element.children("inputDataItem")) {
      Taken taken = new Taken(child, log).passOver("id", "itemSubjectRef", "isCollection");
      String name = taken.variable("name", "the variable that holds one item");
      taken.end();
      return name;
    }
    return null;
  }
}
