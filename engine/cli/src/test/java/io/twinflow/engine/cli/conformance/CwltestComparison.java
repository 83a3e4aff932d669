package io.twinflow.engine.cli.conformance;

import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ScalarNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares an output object with the expected one by the rules of the suites: {@code Any} matches
 * everything, locations by their last part, listings and secondary files in any order; and what is
 * said of a file must be true of the file.
 */
final class CwltestComparison {

  private static final Set<String> LOOSE = Set.of("path", "location", "listing", "contents");

  private CwltestComparison() {}

  /** What is wrong; empty if the two agree. */
  static Optional<String> difference(@Nullable Node expected, @Nullable Node actual) {
    return compare("", expected, actual);
  }

  private static Optional<String> compare(
      String at, @Nullable Node expected, @Nullable Node actual) {
    if (isAny(expected)) {
      return Optional.empty();
    }
    boolean nothing = actual == null || actual.isNull();
    if (expected == null || expected.isNull()) {
      return nothing ? Optional.empty() : wrong(at, "null", actual);
    }
    if (nothing) {
      return wrong(at, show(expected), actual);
    }
    return switch (expected) {
      case ListNode list -> list(at, list, actual);
      case MapNode map ->
          actual instanceof MapNode other ? map(at, map, other) : wrong(at, "an object", actual);
      case ScalarNode scalar ->
          actual instanceof ScalarNode other && same(scalar, other)
              ? Optional.empty()
              : wrong(at, show(scalar), actual);
    };
  }

  private static boolean isAny(@Nullable Node node) {
    return node instanceof ScalarNode s
        && s.kind() == ScalarNode.Kind.STRING
        && s.text().equals("Any");
  }

  private static boolean same(ScalarNode a, ScalarNode b) {
    boolean numbers = isNumber(a) && isNumber(b);
    if (!numbers) {
      return a.kind() == b.kind() && a.text().equals(b.text());
    }
    BigDecimal left = new BigDecimal(a.text());
    BigDecimal right = new BigDecimal(b.text());
    return left.compareTo(right) == 0 || left.doubleValue() == right.doubleValue();
  }

  private static boolean isNumber(ScalarNode node) {
    return node.kind() == ScalarNode.Kind.INTEGER || node.kind() == ScalarNode.Kind.DECIMAL;
  }

  private static Optional<String> list(String at, ListNode expected, Node actual) {
    if (!(actual instanceof ListNode other) || other.items().size() != expected.items().size()) {
      return wrong(at, "a list of " + expected.items().size(), actual);
    }
    for (int i = 0; i < expected.items().size(); i++) {
      Optional<String> wrong =
          compare(at + "[" + i + "]", expected.items().get(i), other.items().get(i));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> map(String at, MapNode expected, MapNode actual) {
    String kind = expected.string("class");
    if ("File".equals(kind)) {
      return file(at, expected, actual);
    }
    if ("Directory".equals(kind)) {
      return directory(at, expected, actual);
    }
    Set<String> names = new TreeSet<>(expected.entries().keySet());
    names.addAll(actual.entries().keySet());
    return first(names, name -> compare(at + "." + name, expected.get(name), actual.get(name)));
  }

  private static Optional<String> first(
      Iterable<String> names, java.util.function.Function<String, Optional<String>> check) {
    for (String name : names) {
      Optional<String> wrong = check.apply(name);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> file(String at, MapNode expected, MapNode actual) {
    Optional<String> wrong = fields(at, expected, actual, "File");
    if (wrong.isPresent()) {
      return wrong;
    }
    try {
      return bytes(at, expected, actual);
    } catch (IOException e) {
      return Optional.of(at + ": cannot be read: " + e);
    }
  }

  private static Optional<String> fields(String at, MapNode expected, MapNode actual, String kind) {
    if (!kind.equals(actual.string("class"))) {
      return wrong(at, "a " + kind, actual);
    }
    Optional<String> place = location(at, expected, actual);
    if (place.isPresent()) {
      return place;
    }
    List<String> names =
        expected.entries().keySet().stream().filter(name -> !LOOSE.contains(name)).toList();
    return first(
        names,
        name ->
            name.equals("secondaryFiles")
                ? unordered(at + "." + name, expected.get(name), actual.get(name))
                : compare(at + "." + name, expected.get(name), actual.get(name)));
  }

  private static Optional<String> directory(String at, MapNode expected, MapNode actual) {
    Optional<String> wrong = fields(at, expected, actual, "Directory");
    if (wrong.isPresent() || expected.get("listing") == null) {
      return wrong;
    }
    return unordered(at + ".listing", expected.get("listing"), actual.get("listing"));
  }

  private static Optional<String> unordered(
      String at, @Nullable Node expected, @Nullable Node actual) {
    if (!(expected instanceof ListNode wanted)) {
      return compare(at, expected, actual);
    }
    if (!(actual instanceof ListNode given)) {
      return wrong(at, "a list", actual);
    }
    List<Node> left = new ArrayList<>(given.items());
    for (Node item : wanted.items()) {
      Optional<Node> match = left.stream().filter(n -> compare(at, item, n).isEmpty()).findFirst();
      if (match.isEmpty()) {
        return wrong(at, show(item) + " among them", actual);
      }
      left.remove(match.get());
    }
    return left.isEmpty() ? Optional.empty() : wrong(at, wanted.items().size() + " items", actual);
  }

  private static Optional<String> location(String at, MapNode expected, MapNode actual) {
    String field = expected.has("path") ? "path" : "location";
    String wanted = expected.string(field);
    if (wanted == null || wanted.equals("Any")) {
      return Optional.empty();
    }
    String found = actual.has(field) ? actual.string(field) : actual.string("location");
    String tail = strip(wanted);
    String whole = found == null ? "" : strip(found);
    boolean fits = whole.endsWith("/" + tail) || whole.equals(tail);
    return fits ? Optional.empty() : wrong(at + "." + field, wanted, actual);
  }

  private static String strip(String location) {
    return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
  }

  private static Optional<String> bytes(String at, MapNode expected, MapNode actual)
      throws IOException {
    String location = actual.string("location");
    if (location == null || !location.startsWith("file:")) {
      return wrong(at + ".location", "a file: IRI", actual);
    }
    Path file = Path.of(URI.create(location));
    String contents = expected.string("contents");
    if (contents != null && !contents.equals("Any")) {
      String found = Files.readString(file, StandardCharsets.UTF_8);
      if (!found.equals(contents)) {
        return Optional.of(
            at + ": expected the contents '" + contents + "', found '" + found + "'");
      }
    }
    String checksum = expected.string("checksum");
    if (checksum != null && !checksum.equals("Any") && !checksum.equals("sha1$" + sha1(file))) {
      return Optional.of(at + ": the file itself has the checksum sha1$" + sha1(file));
    }
    return Optional.empty();
  }

  private static String sha1(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> wrong(String at, String expected, @Nullable Node actual) {
    return Optional.of(
        (at.isEmpty() ? "the output object" : at.substring(at.startsWith(".") ? 1 : 0))
            + ": expected "
            + expected
            + ", found "
            + (actual == null ? "nothing" : show(actual)));
  }

  private static String show(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.describe();
      case ListNode list -> list.items().stream().map(CwltestComparison::show).toList().toString();
      case MapNode map -> {
        StringBuilder text = new StringBuilder("{");
        map.entries()
            .forEach((k, e) -> text.append(k).append(": ").append(show(e.value())).append(", "));
        yield text.append("}").toString();
      }
    };
  }
}
