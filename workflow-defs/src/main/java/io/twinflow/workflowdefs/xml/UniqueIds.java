package io.twinflow.workflowdefs.xml;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import java.util.HashMap;
import java.util.Map;

/** An id stands for one element in the whole document; other namespaces may use it again. */
public final class UniqueIds {

  private final Map<String, Position> first = new HashMap<>();
  private final ProblemLog log;

  private UniqueIds(ProblemLog log) {
    this.log = log;
  }

  public static void check(XmlElement root, ProblemLog log) {
    new UniqueIds(log).visit(root);
  }

  private void visit(XmlElement element) {
    for (XmlAttribute attribute : element.attributes()) {
      if (attribute.namespace().isEmpty() && attribute.name().equals("id")) {
        note(attribute);
      }
    }
    for (XmlElement child : element.children()) {
      if (child.namespace().equals(element.namespace())) {
        visit(child);
      }
    }
  }

  private void note(XmlAttribute id) {
    Position before = first.putIfAbsent(id.value(), id.position());
    if (before != null) {
      log.error(
          id.position(),
          "the id \"%s\" stands twice; the first is at line %d. Give one of them another id."
              .formatted(id.value(), before.line()));
    }
  }
}
