package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.xml.XmlAttribute;
import io.twinflow.workflowdefs.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the attributes out of an element, one by one; what is left at the end is not known here,
 * and told.
 */
final class Taken {

  /** Of XML's names, those that end before what Twinflow adds to them. */
  private static final Pattern ID = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}._-]{0,199}");

  /** Names of variables, as expressions can say them. */
  private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]{0,99}");

  private final XmlElement element;
  private final ProblemLog log;
  private final Set<String> known = new LinkedHashSet<>();

  Taken(XmlElement element, ProblemLog log) {
    this.element = element;
    this.log = log;
  }

  /** Null if it is not there. */
  @Nullable XmlAttribute optional(String namespace, String name) {
    known.add((namespace.isEmpty() ? "" : "tw:") + name);
    for (XmlAttribute attribute : element.attributes()) {
      if (attribute.namespace().equals(namespace) && attribute.name().equals(name)) {
        return attribute;
      }
    }
    return null;
  }

  @Nullable XmlAttribute optional(String name) {
    return optional("", name);
  }

  @Nullable String text(String name) {
    XmlAttribute attribute = optional(name);
    return attribute == null || attribute.value().isBlank() ? null : attribute.value();
  }

  /** An empty text if it is not there, which is told. */
  String required(String name, String what) {
    String text = text(name);
    if (text == null) {
      log.error(
          element.position(),
          "%s needs %s=\"…\": %s.".formatted(Names.written(element), name, what));
      return "";
    }
    return text;
  }

  /** What an element is known by; an empty text if it has none, which is told. */
  String id() {
    String id = required("id", "arrows, gateways and messages refer to it");
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      log.error(
          at("id"),
          "expected an id of letters, digits, \".\", \"_\" and \"-\", at most 200 of them, found \"%s\"."
              .formatted(id));
    }
    return id;
  }

  /** The name of a variable; an empty text if it is none, which is told. */
  String variable(String name, String what) {
    String text = required(name, what);
    return text.isEmpty() ? text : checkedVariable(text, at(name));
  }

  String checkedVariable(String text, Position position) {
    if (!VARIABLE.matcher(text).matches()) {
      log.error(
          position,
          "expected the name of a variable (letters, digits and _), found \"%s\".".formatted(text));
    }
    return text;
  }

  boolean flag(String name, boolean otherwise) {
    XmlAttribute attribute = optional(name);
    if (attribute == null) {
      return otherwise;
    }
    return switch (attribute.value()) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> {
        log.error(
            attribute.position(),
            "expected true or false for %s, found \"%s\".".formatted(name, attribute.value()));
        yield otherwise;
      }
    };
  }

  /** An attribute that other tools write and that changes nothing. */
  Taken passOver(String... names) {
    known.addAll(List.of(names));
    return this;
  }

  /** Refuses an attribute unless it says what is the case anyway. */
  Taken only(String name, Set<String> usual, String wayOut) {
    XmlAttribute attribute = optional(name);
    if (attribute != null && !usual.contains(attribute.value())) {
      log.unsupported(
          attribute.position(),
          "%s=\"%s\" is not run. %s".formatted(name, attribute.value(), wayOut));
    }
    return this;
  }

  @Nullable Template template(String name) {
    return template(optional(name));
  }

  @Nullable Template ownTemplate(String name) {
    return template(optional(Names.TWINFLOW, name));
  }

  Template requiredTemplate(String name, String what) {
    required(name, what);
    Template template = template(name);
    return template == null ? new Template("", element.position(), List.of()) : template;
  }

  /** The parts of a list with commas, each a template. */
  List<Template> ownTemplates(String name) {
    return templates(optional(Names.TWINFLOW, name));
  }

  List<Template> templates(String name) {
    return templates(optional(name));
  }

  private List<Template> templates(@Nullable XmlAttribute attribute) {
    List<Template> found = new ArrayList<>();
    if (attribute == null) {
      return found;
    }
    for (String part : Commas.split(attribute.value())) {
      Template template = template(part, attribute.position());
      if (template != null && !part.isBlank()) {
        found.add(template);
      }
    }
    return found;
  }

  private @Nullable Template template(@Nullable XmlAttribute attribute) {
    return attribute == null || attribute.value().isBlank()
        ? null
        : template(attribute.value(), attribute.position());
  }

  /** Null if it cannot be read, which is told. */
  @Nullable Template template(String text, Position position) {
    try {
      return Template.parse(text, position);
    } catch (InvalidDefinitionException e) {
      log.addAll(e.problems());
      return null;
    }
  }

  /** Where the value of an attribute stands. */
  Position at(String name) {
    XmlAttribute attribute = optional(name);
    return attribute == null ? element.position() : attribute.position();
  }

  /** Tells what nobody has asked for. */
  void end() {
    for (XmlAttribute attribute : element.attributes()) {
      String engine = Names.ENGINES.get(attribute.namespace());
      if (engine != null) {
        log.unsupported(
            attribute.position(), WayOut.ofEngine(engine, element.name(), attribute.name()));
      } else if (isUnknown(attribute)) {
        String written = (attribute.namespace().isEmpty() ? "" : "tw:") + attribute.name();
        log.error(
            attribute.position(),
            "%s has no attribute %s.%s"
                .formatted(Names.written(element), written, NearestName.hint(written, known)));
      }
    }
  }

  private boolean isUnknown(XmlAttribute attribute) {
    return switch (attribute.namespace()) {
      case "" -> !known.contains(attribute.name());
      case Names.TWINFLOW -> !known.contains("tw:" + attribute.name());
      default -> false;
    };
  }
}
