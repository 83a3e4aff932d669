package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.NodeReader;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.source.SourceText;
import io.twinflow.workflowdefs.value.NodeContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of one load: each is fetched once. Knows which document a position lies in. */
final class Documents implements NodeContext {

  private final LoadOptions options;
  private final Total total;
  private final Map<String, Document> byIri = new LinkedHashMap<>();
  private final Map<String, String> iriByDisplay = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> namespacesByDisplay = new LinkedHashMap<>();
  private final Map<String, Node> unresolved = new LinkedHashMap<>();
  private final Map<String, String> included = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  Documents(LoadOptions options) {
    this.options = options;
    this.total = new Total(options.total());
  }

  /** The absolute IRI of what a person wrote; a hash may belong to the name of a file. */
  String iriOf(String fileOrUrl) {
    if (fileOrUrl.contains("#") && !Iri.isAbsolute(fileOrUrl)) {
      Path path = options.workingFolder().resolve(fileOrUrl);
      if (Files.isRegularFile(path)) {
        return Iri.ofPath(path);
      }
    }
    return Iri.resolvePathOrIri(Iri.ofFolder(options.workingFolder()), fileOrUrl);
  }

  /** What this load has read, of all documents together. */
  Total total() {
    return total;
  }

  /** A document by its IRI; a fragment is ignored. */
  Document get(String iri, @Nullable Position from) throws InvalidDefinitionException {
    String plain = Iri.withoutFragment(iri);
    Document known = byIri.get(plain);
    if (known != null) {
      return known;
    }
    enter(plain, from);
    try {
      String display = display(plain);
      Node raw = NodeReader.read(fetch(plain, from), display, options.limits());
      unresolved.put(plain, raw);
      remember(plain, display, raw);
      Directives directives = new Directives(this, options.limits());
      Node root = directives.resolve(raw);
      Document document =
          new Document(
              plain,
              display,
              root,
              namespaces(display),
              directives.size(),
              directives.characters(),
              directives.deepest());
      add(document);
      return document;
    } finally {
      unresolved.remove(plain);
      leave();
    }
  }

  /** A document whose own imports are being put in place, as it was before; otherwise null. */
  @Nullable Node unresolved(String iri) {
    return unresolved.get(Iri.withoutFragment(iri));
  }

  /** Notes that an import goes on with what the IRI names, until {@link #leave}. */
  void enter(String iri, @Nullable Position from) throws InvalidDefinitionException {
    if (open.contains(iri)) {
      throw new InvalidDefinitionException(
          Problem.error(
              from == null ? Position.startOf(display(iri)) : from,
              "this import closes a circle: " + String.join(" → ", open) + " → " + iri + "."));
    }
    open.addLast(iri);
  }

  void leave() {
    open.removeLast();
  }

  /** The text behind an IRI, for {@code $include}. */
  String text(String iri, Position from) throws InvalidDefinitionException {
    String known = included.get(iri);
    String text = known == null ? SourceText.decode(fetch(iri, from), display(iri)) : known;
    included.put(iri, text);
    return text;
  }

  byte[] fetch(String iri, @Nullable Position from) throws InvalidDefinitionException {
    String display = display(iri);
    Position at = from == null ? Position.startOf(display) : from;
    total.fetching(at);
    byte[] bytes = fetched(iri, display, from);
    total.fetched(bytes.length, at);
    return bytes;
  }

  private byte[] fetched(String iri, String display, @Nullable Position from)
      throws InvalidDefinitionException {
    try {
      return options.fetcher().fetch(iri, display, options.limits());
    } catch (InvalidDefinitionException e) {
      if (from == null) {
        throw e;
      }
      throw new InvalidDefinitionException(
          Problem.error(
              from,
              "refers to " + display + ", which " + reason(e.problems().getFirst().message())));
    }
  }

  private static String reason(String message) {
    return message.startsWith("no such file")
        ? "does not exist" + message.substring("no such file".length())
        : message.startsWith("cannot") ? message : "cannot be used: " + message;
  }

  private void remember(String iri, String display, Node raw) {
    iriByDisplay.put(display, iri);
    Map<String, String> namespaces = new LinkedHashMap<>();
    if (raw instanceof MapNode map && map.get("$namespaces") instanceof MapNode declared) {
      declared
          .entries()
          .forEach((prefix, entry) -> {
            if (entry.value() instanceof ScalarNode scalar) {
              namespaces.put(prefix, scalar.text());
            }
          });
    }
    namespacesByDisplay.put(display, namespaces);
  }

  /** Puts in a document that is already whole. */
  void add(Document document) {
    byIri.put(document.iri(), document);
    iriByDisplay.put(document.display(), document.iri());
    namespacesByDisplay.putIfAbsent(document.display(), document.namespaces());
  }

  /** A source that only gave parts to other documents. */
  void addSource(String display, String iri, Map<String, String> namespaces) {
    iriByDisplay.put(display, iri);
    namespacesByDisplay.put(display, namespaces);
  }

  Map<String, Document> all() {
    return byIri;
  }

  Map<String, String> sources() {
    return iriByDisplay;
  }

  Map<String, String> namespaces(String display) {
    return namespacesByDisplay.getOrDefault(display, Map.of());
  }

  Map<String, String> allNamespaces() {
    Map<String, String> all = new LinkedHashMap<>();
    namespacesByDisplay.values().forEach(declared -> declared.forEach(all::putIfAbsent));
    return all;
  }

  @Override
  public String base(Position position) {
    String iri = iriByDisplay.get(position.source());
    if (iri == null) {
      throw new IllegalStateException("no document is known as " + position.source());
    }
    return iri;
  }

  @Override
  public String expand(String name, Position position) {
    int colon = name.indexOf(':');
    if (colon > 0) {
      String prefix = name.substring(0, colon);
      String iri = namespaces(position.source()).get(prefix);
      for (Map<String, String> other : namespacesByDisplay.values()) {
        iri = iri == null ? other.get(prefix) : iri;
      }
      if (iri != null && !name.startsWith("//", colon + 1)) {
        return iri + name.substring(colon + 1);
      }
      return name;
    }
    return name.startsWith("#") ? base(position) + name : name;
  }

  /** Whether some document declares the prefix. */
  boolean declares(String prefix) {
    return namespacesByDisplay.values().stream().anyMatch(n -> n.containsKey(prefix));
  }

  /** How a person in the working folder would write an IRI. */
  String display(String iri) {
    if (!Iri.isFile(iri)) {
      return iri;
    }
    Path path = Iri.toPath(iri);
    if (path.equals(options.workingFolder())) {
      return ".";
    }
    return path.startsWith(options.workingFolder())
        ? options.workingFolder().relativize(path).toString()
        : path.toString();
  }
}
