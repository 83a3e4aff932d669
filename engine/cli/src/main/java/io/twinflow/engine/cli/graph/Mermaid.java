package io.twinflow.engine.cli.graph;

/** A graph in Mermaid's language, which code hosting sites draw inside Markdown. */
public final class Mermaid {

  private Mermaid() {}

  public static String write(Graph graph) {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    body(graph, "  ", text);
    return text.toString();
  }

  private static void body(Graph graph, String indent, StringBuilder text) {
    for (Graph.Node node : graph.nodes()) {
      Graph inner = node.inner();
      if (inner != null) {
        text.append(indent).append("subgraph ").append(node.id());
        text.append("[").append(label(node)).append("]\n");
        body(inner, indent + "  ", text);
        text.append(indent).append("end\n");
      } else {
        text.append(indent).append(node.id()).append(shaped(node)).append('\n');
      }
    }
    for (Graph.Edge edge : graph.edges()) {
      text.append(indent).append(edge.from()).append(" --> ").append(edge.to()).append('\n');
    }
  }

  private static String shaped(Graph.Node node) {
    return switch (node.kind()) {
      case INPUT, OUTPUT -> "([" + label(node) + "])";
      case TOOL, WORKFLOW -> "[" + label(node) + "]";
      case EXPRESSION -> "{{" + label(node) + "}}";
      case OPERATION -> "[/" + label(node) + "/]";
    };
  }

  private static String label(Graph.Node node) {
    String text =
        node.label()
            + (node.marks().isEmpty() ? "" : " (" + String.join(", ", node.marks()) + ")")
            + (node.note().isEmpty() ? "" : "<br/>" + node.note());
    return "\"" + text.replace("\"", "#quot;") + "\"";
  }
}
