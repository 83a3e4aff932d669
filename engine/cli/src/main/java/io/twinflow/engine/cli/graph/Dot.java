package io.twinflow.engine.cli.graph;

/** A graph in Graphviz's language. */
public final class Dot {

  private Dot() {}

  public static String write(Graph graph) {
    StringBuilder text = new StringBuilder();
    text.append("digraph ").append(quote(graph.title())).append(" {\n");
    text.append(
        "  compound=true; node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=sans];\n");
    body(graph, "  ", text);
    return text.append("}\n").toString();
  }

  private static void body(Graph graph, String indent, StringBuilder text) {
    for (Graph.Node node : graph.nodes()) {
      Graph inner = node.inner();
      if (inner == null) {
        text.append(indent).append(node.id()).append(" [label=").append(quote(label(node)));
        text.append(", fillcolor=").append(quote(colour(node.kind()))).append("];\n");
      } else {
        text.append(indent).append("subgraph cluster_").append(node.id()).append(" {\n");
        text.append(indent).append("  label=").append(quote(label(node))).append(";\n");
        text.append(indent).append("  ").append(node.id()).append(" [shape=point, style=invis];\n");
        body(inner, indent + "  ", text);
        text.append(indent).append("}\n");
      }
    }
    for (Graph.Edge edge : graph.edges()) {
      text.append(indent).append(edge.from()).append(" -> ").append(edge.to());
      text.append(ends(graph, edge)).append(";\n");
    }
  }

  private static String ends(Graph graph, Graph.Edge edge) {
    String tail = isCluster(graph, edge.from()) ? "ltail=cluster_" + edge.from() : "";
    String head = isCluster(graph, edge.to()) ? "lhead=cluster_" + edge.to() : "";
    String both = tail + (tail.isEmpty() || head.isEmpty() ? "" : ", ") + head;
    return both.isEmpty() ? "" : " [" + both + "]";
  }

  private static boolean isCluster(Graph graph, String id) {
    return graph.nodes().stream().anyMatch(n -> n.id().equals(id) && n.inner() != null);
  }

  private static String label(Graph.Node node) {
    return node.label()
        + (node.marks().isEmpty() ? "" : " (" + String.join(", ", node.marks()) + ")")
        + (node.note().isEmpty() ? "" : "\n" + node.note());
  }

  private static String colour(Graph.Kind kind) {
    return switch (kind) {
      case INPUT -> "#e8f4ea";
      case OUTPUT -> "#fdf1dd";
      case TOOL -> "#e6f0fb";
      case EXPRESSION -> "#f0e9fa";
      case OPERATION, WORKFLOW -> "#ffffff";
    };
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
