package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands in an element: read, passed over since it changes nothing, or refused. */
final class Elements {

  /** Words and pictures for people, in every element. */
  private static final Set<String> FOR_PEOPLE = Set.of("description", "extensionElements");

  private static final String LOOPS =
      "loops are not evaluated, as they can run long. Prepare the value where the decision is asked.";
  private static final String PARTS =
      "Write each part as a decision of its own and require it with an informationRequirement.";
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry(
              "import", "other documents are not fetched. Copy what is needed into this one."),
          Map.entry("businessKnowledgeModel", "functions are not evaluated. " + PARTS),
          Map.entry("knowledgeRequirement", "functions are not evaluated. " + PARTS),
          Map.entry("functionItem", "functions are not evaluated. " + PARTS),
          Map.entry(
              "decisionService",
              "a document is asked for its one main decision. Remove the service."),
          Map.entry("invocation", "functions are not evaluated. " + PARTS),
          Map.entry("functionDefinition", "functions are not evaluated. " + PARTS),
          Map.entry("context", "contexts are not evaluated. " + PARTS),
          Map.entry("relation", "relations are not evaluated. Write a decisionTable."),
          Map.entry("list", "boxed lists are not evaluated. Write a literalExpression, [a, b]."),
          Map.entry(
              "conditional",
              "boxed conditions are not evaluated. Write a literalExpression, if a then b else c."),
          Map.entry("for", LOOPS),
          Map.entry("every", LOOPS),
          Map.entry("some", LOOPS),
          Map.entry("filter", LOOPS),
          Map.entry(
              "typeConstraint", "constraints on whole types are not checked. Write allowedValues."),
          Map.entry(
              "importedValues", "other documents are not fetched. Write the values as text."));

  private Elements() {}

  /** Tells of what is neither read nor passed over. */
  static void check(XmlElement parent, Set<String> read, Set<String> passed, ProblemLog log) {
    for (XmlElement child : parent.children()) {
      String name = child.name();
      if (!child.namespace().equals(parent.namespace())
          || read.contains(name)
          || passed.contains(name)
          || FOR_PEOPLE.contains(name)) {
        continue;
      }
      String why = REFUSED.get(name);
      if (why != null) {
        log.unsupported(child.position(), "%s is not evaluated: %s".formatted(name, why));
      } else {
        log.error(
            child.position(),
            "%s holds no %s.%s"
                .formatted(parent.name(), name, NearestName.hint(name, new TreeSet<>(read))));
      }
    }
  }

  /** Whether something in the element is refused by its name. */
  static boolean hasRefused(XmlElement parent) {
    return parent.children().stream()
        .anyMatch(child ->
            child.namespace().equals(parent.namespace()) && REFUSED.containsKey(child.name()));
  }

  static @Nullable XmlElement first(XmlElement parent, String name) {
    return parent.children(name).stream().findFirst().orElse(null);
  }

  /** The text of a child, stripped; an empty one if there is none. */
  static String text(XmlElement parent, String child) {
    XmlElement found = first(parent, child);
    return found == null ? "" : found.text().strip();
  }

  /** The first that is not blank. */
  static String orElse(String... texts) {
    for (String text : texts) {
      if (!text.isBlank()) {
        return text.strip();
      }
    }
    return "";
  }
}
