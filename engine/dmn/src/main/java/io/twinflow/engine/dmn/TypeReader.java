package io.twinflow.engine.dmn;

import io.twinflow.engine.dmn.feel.FeelType;
import io.twinflow.engine.dmn.feel.ItemType;
import io.twinflow.engine.dmn.feel.KnownNames;
import io.twinflow.engine.dmn.feel.UnaryTests;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the types that a document names (DMN 1.5, section 7.3.2). */
final class TypeReader {

  private static final int MOST_DEPTH = 50;
  private static final KnownNames NONE = new KnownNames(List.of(), List.of());
  private static final Set<String> READ = Set.of("typeRef", "allowedValues", "itemComponent");

  private final ExpressionReader expressions;
  private final ProblemLog log;
  private final Map<String, XmlElement> definitions = new LinkedHashMap<>();
  private final Map<String, ItemType> read = new HashMap<>();
  private final Set<String> reading = new HashSet<>();
  private final Set<String> fields = new LinkedHashSet<>();

  TypeReader(XmlElement root, ExpressionReader expressions, ProblemLog log) {
    this.expressions = expressions;
    this.log = log;
    for (XmlElement definition : root.children("itemDefinition")) {
      String name = definition.attribute("name").strip();
      if (definitions.put(name, definition) != null) {
        log.error(definition.position(), "the type \"%s\" is defined twice.".formatted(name));
      }
    }
    definitions.forEach((name, definition) -> named(name, definition.position()));
  }

  /** The names of the fields of all contexts. */
  Set<String> fields() {
    return fields;
  }

  /** What a typeRef stands for; an empty one for anything. */
  ItemType named(String typeRef, Position position) {
    String name = typeRef.strip();
    if (name.isEmpty()) {
      return ItemType.ANY;
    }
    if (!definitions.containsKey(name)) {
      String local = name.substring(Math.max(name.lastIndexOf(':'), name.lastIndexOf('}')) + 1);
      FeelType type = FeelType.named(local);
      if (type != null) {
        return ItemType.of(type);
      }
      name = local;
    }
    ItemType known = read.get(name);
    if (known != null) {
      return known;
    }
    XmlElement definition = definitions.get(name);
    if (definition == null) {
      log.error(
          position,
          "there is no type \"%s\": expected a type of FEEL, such as string, number or date, or the name of an itemDefinition.%s"
              .formatted(name, NearestName.hint(name, definitions.keySet())));
      return ItemType.ANY;
    }
    if (reading.size() >= MOST_DEPTH) {
      log.error(
          definition.position(),
          "types stand for each other more than %d deep here.".formatted(MOST_DEPTH));
      return ItemType.ANY;
    }
    if (!reading.add(name)) {
      log.error(
          definition.position(), "the type \"%s\" stands for itself in the end.".formatted(name));
      return ItemType.ANY;
    }
    ItemType type = type(definition);
    reading.remove(name);
    read.put(name, type);
    return type;
  }

  private ItemType type(XmlElement definition) {
    Elements.check(definition, READ, Set.of(), log);
    List<XmlElement> components = definition.children("itemComponent");
    ItemType base =
        components.isEmpty()
            ? named(Elements.text(definition, "typeRef"), definition.position())
            : new ItemType(FeelType.CONTEXT, false, components(components), List.of());
    boolean isList = Set.of("true", "1").contains(definition.attribute("isCollection"));
    if (isList && base.isList()) {
      log.unsupported(
          definition.position(),
          "a list of lists is not checked. Remove the isCollection of one of the two types.");
    }
    List<UnaryTests> allowed = new ArrayList<>(base.allowed());
    for (XmlElement values : definition.children("allowedValues")) {
      UnaryTests tests = expressions.tests(values, NONE);
      if (tests != null) {
        allowed.add(tests);
      }
    }
    return new ItemType(base.base(), isList || base.isList(), base.fields(), allowed);
  }

  private Map<String, ItemType> components(List<XmlElement> components) {
    Map<String, ItemType> found = new LinkedHashMap<>();
    for (XmlElement component : components) {
      String name = component.attribute("name").strip();
      fields.add(name);
      if (found.put(name, type(component)) != null) {
        log.error(component.position(), "the component \"%s\" stands twice.".formatted(name));
      }
    }
    return found;
  }
}
