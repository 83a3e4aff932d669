package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one map. A reader asks for each field its record has; what nobody asked for is
 * unknown, and {@link #done} says so. A field of the wrong shape is a problem and reads as absent.
 */
final class Fields {

  /** What is looked up in such a list by each entry of another takes the product of both. */
  private static final int MOST_ENTRIES = 5_000;

  private static final Set<String> MAY_BE_LONG = Set.of("steps", "default");

  private final MapNode map;
  private final String record;
  private final Reading reading;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param record what a person calls the map, for messages
   */
  Fields(MapNode map, String record, Reading reading) {
    this.map = map;
    this.record = record;
    this.reading = reading;
  }

  MapNode map() {
    return map;
  }

  Position position(String field) {
    Node node = map.get(field);
    return node == null ? map.position() : node.position();
  }

  /** Fields that are right and need no reading. */
  Fields ignore(String... fields) {
    known.addAll(List.of(fields));
    return this;
  }

  @Nullable Node node(String field) {
    known.add(field);
    Node node = map.get(field);
    if (node == null || MAY_BE_LONG.contains(field) || length(node) <= MOST_ENTRIES) {
      return node;
    }
    reading.error(
        node.position(),
        "\"%s\" of this %s has %,d entries, and at most %,d are read."
            .formatted(field, record, length(node), MOST_ENTRIES));
    return new ListNode(List.of(), node.position());
  }

  private static int length(Node node) {
    return switch (node) {
      case ListNode list -> list.items().size();
      case MapNode fields -> fields.entries().size();
      case ScalarNode _ -> 1;
    };
  }

  @Nullable Node required(String field) {
    Node node = node(field);
    if (node == null) {
      reading.error(
          map.has(field) ? map.keyPosition(field) : map.position(),
          "the field \"" + field + "\" is missing in this " + record + ".");
    }
    return node;
  }

  @Nullable String string(String field) {
    Node node = node(field);
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar && scalar.kind() == Kind.STRING) {
      return scalar.text();
    }
    wrong(field, node, "a string");
    return null;
  }

  /** A string, or a list of strings joined by line ends. */
  @Nullable String text(String field) {
    Node node = node(field);
    return node instanceof ListNode ? String.join("\n", strings(field)) : string(field);
  }

  /** One string or a list of them; empty if absent. */
  List<String> strings(String field) {
    return expressions(field).stream().map(ExpressionText::text).toList();
  }

  List<ExpressionText> expressions(String field) {
    List<ExpressionText> strings = new ArrayList<>();
    Node node = node(field);
    List<Node> items =
        node instanceof ListNode list ? list.items() : node == null ? List.of() : List.of(node);
    for (Node item : items) {
      if (item instanceof ScalarNode scalar && scalar.kind() == Kind.STRING) {
        strings.add(new ExpressionText(scalar.text(), scalar.position()));
      } else {
        wrong(field, item, "a string");
      }
    }
    return strings;
  }

  @Nullable ExpressionText expression(String field) {
    String text = string(field);
    return text == null ? null : new ExpressionText(text, position(field));
  }

  /** An expression, or a scalar of one of the kinds. */
  @Nullable ExpressionText expressionOr(String field, String expected, Kind... kinds) {
    Node node = node(field);
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar
        && (List.of(kinds).contains(scalar.kind())
            || (scalar.kind() == Kind.STRING && isExpression(scalar.text())))) {
      return new ExpressionText(scalar.text(), scalar.position());
    }
    wrong(field, node, expected + " or an expression");
    return null;
  }

  private static boolean isExpression(String text) {
    return text.contains("$(") || text.contains("${");
  }

  boolean bool(String field, boolean absent) {
    Node node = node(field);
    if (node instanceof ScalarNode scalar && scalar.kind() == Kind.BOOLEAN) {
      return scalar.isTrue();
    }
    if (node != null) {
      wrong(field, node, "true or false");
    }
    return absent;
  }

  List<Integer> integers(String field) {
    List<Integer> integers = new ArrayList<>();
    if (node(field) instanceof ListNode list) {
      for (Node item : list.items()) {
        if (item instanceof ScalarNode scalar
            && scalar.kind() == Kind.INTEGER
            && scalar.text().length() < 10) {
          integers.add(Integer.valueOf(scalar.text()));
        } else {
          wrong(field, item, "a whole number");
        }
      }
    } else if (node(field) instanceof Node other) {
      wrong(field, other, "a list of whole numbers");
    }
    return integers;
  }

  <E> @Nullable E symbol(String field, Map<String, E> symbols) {
    Node node = node(field);
    if (node == null) {
      return null;
    }
    if (node instanceof ScalarNode scalar && scalar.kind() == Kind.STRING) {
      E value = symbols.get(Names.last(scalar.text()));
      if (value != null) {
        return value;
      }
    }
    String hint =
        node instanceof ScalarNode scalar ? NearestName.hint(scalar.text(), symbols.keySet()) : "";
    reading.error(
        node.position(),
        "expected one of "
            + String.join(", ", symbols.keySet().stream().sorted().toList())
            + " for \""
            + field
            + "\", found "
            + node.describe()
            + "."
            + hint);
    return null;
  }

  /** The items of a list, or of a map whose keys are a field of them. SALAD, "Identifier maps". */
  List<MapNode> items(String field, String subject, @Nullable String predicate) {
    Node node = node(field);
    return node == null ? List.of() : IdMaps.items(node, field, subject, predicate, reading);
  }

  void wrong(String field, Node found, String expected) {
    reading.error(
        found.position(),
        "expected "
            + expected
            + " for \""
            + field
            + "\" of this "
            + record
            + ", found "
            + found.describe()
            + ".");
  }

  /** Reports every field that no one asked for. */
  void done() {
    map.entries()
        .forEach((field, entry) -> {
          if (!known.contains(field)) {
            unknown(field, entry.keyPosition());
          }
        });
  }

  private void unknown(String field, Position position) {
    if (field.startsWith("$") || field.contains("://")) {
      return;
    }
    int colon = field.indexOf(':');
    if (colon > 0) {
      if (!reading.documents().declares(field.substring(0, colon))) {
        reading
            .problems()
            .warning(
                position,
                "the prefix of the extension field \""
                    + field
                    + "\" is not declared in $namespaces; the field is ignored.");
      }
      return;
    }
    reading.error(
        position,
        "unknown field \""
            + field
            + "\" in this "
            + record
            + "."
            + (NearestName.of(field, known).isPresent()
                ? NearestName.hint(field, known)
                : " It may have: " + String.join(", ", known.stream().sorted().toList()) + "."));
  }
}
