package io.twinflow.engine.cli.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A graph as one self-contained SVG picture. */
public final class Svg {

  private static final double MARGIN = 24;
  private static final double INSIDE = 18;
  private static final double TITLE = 26;
  private static final double LETTER = 7.4;
  private static final double SMALL_LETTER = 5.9;

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1c2733; text-anchor: middle }
        .note { font-size: 10.5px; fill: #5b6b7a }
        .title { font-weight: 600; text-anchor: start }
        .mark { font-size: 10px; fill: #ffffff }
        .INPUT { fill: #e8f4ea; stroke: #4f9a5f } .OUTPUT { fill: #fdf1dd; stroke: #c98a1b }
        .TOOL { fill: #e6f0fb; stroke: #3a78b9 } .EXPRESSION { fill: #f0e9fa; stroke: #7d57b5 }
        .OPERATION { fill: #ffffff; stroke: #8393a3; stroke-dasharray: 5 3 }
        .WORKFLOW { fill: #f6f8fa; stroke: #8393a3 }
        .edge { fill: none; stroke: #8393a3; stroke-width: 1.4 }
      </style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
      <path d="M0 0 8 4 0 8z" fill="#8393a3"/></marker></defs>
      """;

  private record Drawn(String text, double width, double height) {}

  private Svg() {}

  public static String draw(Graph graph) {
    Drawn drawn = drawInside(graph);
    double width = drawn.width() + 2 * MARGIN;
    double height = drawn.height() + 2 * MARGIN;
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
                + " height=\"%.0f\">\n",
            width, height, width, height)
        + "<title>"
        + escape(graph.title())
        + "</title>\n"
        + STYLE
        + format("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n", width, height)
        + format("<g transform=\"translate(%.1f %.1f)\">\n", MARGIN, MARGIN)
        + drawn.text()
        + "</g>\n</svg>\n";
  }

  private static Drawn drawInside(Graph graph) {
    Map<String, Box> sizes = new LinkedHashMap<>();
    Map<String, Drawn> inner = new LinkedHashMap<>();
    for (Graph.Node node : graph.nodes()) {
      if (node.inner() != null) {
        inner.put(node.id(), drawInside(node.inner()));
      }
      sizes.put(node.id(), size(node, inner.get(node.id())));
    }
    Layout layout = LayeredLayout.place(sizes, graph.edges());
    StringBuilder text = new StringBuilder();
    layout.routes().forEach(route -> text.append(edge(route)));
    for (Graph.Node node : graph.nodes()) {
      Box box = layout.boxes().get(node.id());
      if (box != null) {
        text.append(node(node, box, inner.get(node.id())));
      }
    }
    return new Drawn(text.toString(), layout.width(), layout.height());
  }

  private static Box size(Graph.Node node, @Nullable Drawn inner) {
    double marks = node.marks().stream().mapToDouble(m -> m.length() * SMALL_LETTER + 16).sum();
    double label =
        Math.max(node.label().length() * LETTER, node.note().length() * SMALL_LETTER) + 26;
    if (inner == null) {
      double width = Math.max(Math.max(64, label), marks + 12);
      return new Box(0, 0, width, node.note().isEmpty() ? 34 : 44);
    }
    double head = node.label().length() * LETTER + node.note().length() * SMALL_LETTER + 40 + marks;
    return new Box(
        0, 0, Math.max(head, inner.width() + 2 * INSIDE), inner.height() + 2 * INSIDE + TITLE);
  }

  private static String node(Graph.Node node, Box box, @Nullable Drawn inner) {
    StringBuilder text = new StringBuilder();
    boolean round = node.kind() == Graph.Kind.INPUT || node.kind() == Graph.Kind.OUTPUT;
    if (node.marks().contains("scatter")) {
      text.append(rect(node.kind(), box.at(box.x() + 5, box.y() + 5), 6));
    }
    text.append(rect(node.kind(), box, round ? box.height() / 2 : 6));
    if (inner != null) {
      text.append(
          format(
              "<text class=\"title\" x=\"%.1f\" y=\"%.1f\">%s <tspan class=\"note\">%s</tspan></text>\n",
              box.x() + 12, box.y() + 19, escape(node.label()), escape(node.note())));
      double x = box.x() + (box.width() - inner.width()) / 2;
      text.append(
          format(
              "<g transform=\"translate(%.1f %.1f)\">\n%s</g>\n",
              x, box.y() + TITLE + INSIDE, inner.text()));
    } else {
      double y = box.y() + box.height() / 2 + (node.note().isEmpty() ? 4.5 : -2);
      text.append(
          format("<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", box.centre(), y, escape(node.label())));
      if (!node.note().isEmpty()) {
        text.append(
            format(
                "<text class=\"note\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                box.centre(), y + 15, escape(node.note())));
      }
    }
    double right = box.x() + box.width() - 6;
    for (String mark : node.marks()) {
      double width = mark.length() * SMALL_LETTER + 10;
      text.append(
          format(
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"15\" rx=\"7.5\" fill=\"%s\"/>"
                  + "<text class=\"mark\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
              right - width,
              box.y() - 8,
              width,
              colour(mark),
              right - width / 2,
              box.y() + 3,
              mark));
      right -= width + 4;
    }
    return text.toString();
  }

  private static String colour(String mark) {
    return switch (mark) {
      case "scatter" -> "#3a78b9";
      case "when" -> "#b4552d";
      default -> "#7d57b5";
    };
  }

  private static String rect(Graph.Kind kind, Box box, double radius) {
    return format(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>\n",
        kind, box.x(), box.y(), box.width(), box.height(), radius);
  }

  private static String edge(List<Layout.Point> route) {
    StringBuilder path = new StringBuilder("M");
    Layout.Point last = route.getFirst();
    numbers(path, last.x(), last.y());
    for (Layout.Point next : route.subList(1, route.size())) {
      if (next.equals(last)) {
        continue;
      }
      double middle = (last.y() + next.y()) / 2;
      if (Math.abs(last.x() - next.x()) < 0.5) {
        numbers(path.append('L'), next.x(), next.y());
      } else {
        numbers(path.append('C'), last.x(), middle, next.x(), middle, next.x(), next.y());
      }
      last = next;
    }
    return "<path class=\"edge\" marker-end=\"url(#tip)\" d=\"" + path + "\"/>\n";
  }

  /** With one decimal; a long edge has many, and formatters are slow. */
  private static void numbers(StringBuilder text, double... values) {
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : " ").append(Math.round(values[i] * 10) / 10.0);
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
