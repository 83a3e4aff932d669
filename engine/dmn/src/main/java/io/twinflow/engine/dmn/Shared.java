package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What decisions refer to. */
final class Shared {

  private final Position position;
  private final String namespace;
  private final Map<String, XmlElement> byId = new LinkedHashMap<>();
  private final ProblemLog log;

  Shared(XmlElement root, ProblemLog log) {
    this.log = log;
    position = root.position();
    namespace = root.attribute("namespace");
    for (XmlElement child : root.children()) {
      if (child.namespace().equals(root.namespace())) {
        byId.put(child.attribute("id"), child);
      }
    }
  }

  /** Where the document begins. */
  Position position() {
    return position;
  }

  /** What the href of an element leads to; null if it leads nowhere, which is told. */
  @Nullable XmlElement find(String kind, XmlElement reference) {
    String href = reference.attribute("href").strip();
    int hash = href.indexOf('#');
    String document = hash < 0 ? "" : href.substring(0, hash);
    if (!document.isEmpty() && !document.equals(namespace)) {
      log.unsupported(
          reference.position(),
          "href=\"%s\" leads to another document, which is not fetched. Copy what is needed into this one."
              .formatted(href));
      return null;
    }
    XmlElement found = byId.get(href.substring(hash + 1));
    if (found == null || !found.name().equals(kind)) {
      log.error(
          reference.position(),
          "href=\"%s\" leads nowhere: expected # and the id of a %s.%s"
              .formatted(href, kind, NearestName.hint(href.substring(hash + 1), byId.keySet())));
      return null;
    }
    return found;
  }

  /** The name under which expressions know an input or a decision. */
  static String variable(XmlElement element) {
    XmlElement variable = Elements.first(element, "variable");
    return Elements.orElse(
        variable == null ? "" : variable.attribute("name"),
        element.attribute("name"),
        element.attribute("id"));
  }

  ItemType type(XmlElement element, TypeReader types) {
    XmlElement variable = Elements.first(element, "variable");
    return variable == null
        ? ItemType.ANY
        : types.named(
            Elements.orElse(variable.attribute("typeRef"), Elements.text(variable, "typeRef")),
            variable.position());
  }

  /** The names of the outputs of all tables. */
  Set<String> outputs() {
    Set<String> names = new TreeSet<>();
    for (XmlElement element : byId.values()) {
      for (XmlElement table : element.children("decisionTable")) {
        for (XmlElement output : table.children("output")) {
          names.add(output.attribute("name").strip());
        }
      }
    }
    names.remove("");
    return names;
  }
}
