package io.twinflow.engine.cli.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a picture of a workflow shows. */
public record Graph(String title, List<Node> nodes, List<Edge> edges) {

  public Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What a node stands for; each kind has a look of its own. */
  public enum Kind {
    INPUT,
    OUTPUT,
    TOOL,
    EXPRESSION,
    OPERATION,
    WORKFLOW
  }

  /**
   * @param id unique in the whole picture; letters, digits and underscores
   * @param marks {@code scatter}, {@code when}, {@code loop}, as they apply
   * @param inner of a sub-workflow
   */
  public record Node(
      String id, String label, String note, Kind kind, List<String> marks, @Nullable Graph inner) {
    public Node {
      marks = List.copyOf(marks);
    }
  }

  /** An arrow between two nodes of the same graph. */
  public record Edge(String from, String to) {}
}
