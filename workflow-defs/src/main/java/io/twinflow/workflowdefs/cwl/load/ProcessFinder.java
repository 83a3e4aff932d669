package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the process that an IRI means: the document, {@code #main} or another of its graph. */
final class ProcessFinder {

  /**
   * @param iri the one id of the process, whichever way it was referred to
   * @param version of the document
   */
  record Found(MapNode map, String iri, @Nullable String version) {}

  private final Reading reading;

  ProcessFinder(Reading reading) {
    this.reading = reading;
  }

  @Nullable Found find(String iri, @Nullable Position from) throws InvalidDefinitionException {
    Document document = reading.documents().get(iri, from);
    String fragment = Iri.decode(Iri.fragment(iri));
    Position at = from == null ? Position.startOf(document.display()) : from;
    if (!(document.root() instanceof MapNode root)) {
      reading.error(
          document.root().position(),
          "expected a CWL process or a map with \"$graph\", found "
              + document.root().describe()
              + ".");
      return null;
    }
    String version = root.string("cwlVersion");
    Node graph = root.get("$graph");
    if (graph == null) {
      return single(document, root, fragment, version, at);
    }
    List<MapNode> processes =
        graph instanceof ListNode list
            ? list.items().stream()
                .filter(MapNode.class::isInstance)
                .map(MapNode.class::cast)
                .toList()
            : List.of();
    if (processes.isEmpty()) {
      reading.error(graph.position(), "expected a list of processes in \"$graph\".");
      return null;
    }
    String wanted = fragment.isEmpty() ? "main" : fragment;
    for (MapNode process : processes) {
      String id = process.string("id");
      if (id != null && Names.fragment(id).equals(wanted)) {
        return new Found(process, document.iri() + "#" + wanted, version);
      }
    }
    if (fragment.isEmpty() && processes.size() == 1) {
      String id = processes.getFirst().string("id");
      return new Found(
          processes.getFirst(),
          document.iri() + (id == null ? "" : "#" + Names.fragment(id)),
          version);
    }
    return missing(document, graph, processes, fragment, version, at);
  }

  /** The IRI itself, or those of all processes where it leaves open which of several is meant. */
  List<String> parts(String iri) throws InvalidDefinitionException {
    Document document = reading.documents().get(iri, null);
    if (!Iri.fragment(iri).isEmpty()
        || !(document.root() instanceof MapNode root)
        || !(root.get("$graph") instanceof ListNode graph)) {
      return List.of(iri);
    }
    List<String> names =
        graph.items().stream()
            .filter(MapNode.class::isInstance)
            .map(item -> ((MapNode) item).string("id"))
            .filter(Objects::nonNull)
            .map(Names::fragment)
            .toList();
    boolean open = names.size() > 1 && !names.contains("main");
    return open ? names.stream().map(name -> document.iri() + "#" + name).toList() : List.of(iri);
  }

  private @Nullable Found missing(
      Document document,
      Node graph,
      List<MapNode> processes,
      String fragment,
      @Nullable String version,
      Position at) {
    MapNode deep = fragment.isEmpty() ? null : ById.find(graph, fragment);
    if (deep != null && deep.has("class")) {
      return new Found(deep, document.iri() + "#" + fragment, version);
    }
    List<String> names =
        processes.stream()
            .map(process -> process.string("id"))
            .filter(Objects::nonNull)
            .map(Names::fragment)
            .toList();
    reading.error(
        at,
        (fragment.isEmpty()
                ? "the document has several processes and none of them is #main; choose one: "
                : "the document "
                    + document.display()
                    + " has no process #"
                    + fragment
                    + ", only: ")
            + String.join(", ", names.stream().map(name -> "#" + name).toList())
            + "."
            + NearestName.hint(fragment, names));
    return null;
  }

  private @Nullable Found single(
      Document document, MapNode root, String fragment, @Nullable String version, Position at) {
    String id = root.string("id");
    String own = id == null ? "" : Names.fragment(id);
    if (fragment.isEmpty() || fragment.equals(own) || fragment.equals("main")) {
      String iri = document.iri() + (id != null && id.contains("#") ? "#" + own : "");
      return new Found(root, iri, version);
    }
    MapNode deep = ById.find(root, fragment);
    if (deep != null && deep.has("class")) {
      return new Found(deep, document.iri() + "#" + fragment, version);
    }
    reading.error(at, "the document " + document.display() + " has no process #" + fragment + ".");
    return null;
  }
}
