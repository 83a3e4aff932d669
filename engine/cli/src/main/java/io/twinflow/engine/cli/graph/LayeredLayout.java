package io.twinflow.engine.cli.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts nodes in layers, top to bottom, so that all arrows point down and few cross: layers by
 * longest path, order within a layer by the neighbours' mean (K. Sugiyama et al., 1981).
 */
final class LayeredLayout {

  private static final double GAP_X = 28;
  private static final double GAP_Y = 46;
  private static final double BEND_WIDTH = 10;
  private static final int SWEEPS = 12;

  /** A node, or a bend of a long edge. */
  private static final class Cell {
    final Box size;
    final List<Cell> above = new ArrayList<>();
    final List<Cell> below = new ArrayList<>();
    int layer;
    double wish;
    double x;

    Cell(Box size) {
      this.size = size;
    }

    double centre() {
      return x + size.width() / 2;
    }
  }

  private final Map<String, Cell> cells = new LinkedHashMap<>();
  private final List<List<Cell>> chains = new ArrayList<>();
  private final List<List<Cell>> layers = new ArrayList<>();

  private LayeredLayout() {}

  /**
   * @param sizes of the nodes, by name; where they stand is ignored
   */
  static Layout place(Map<String, Box> sizes, List<Graph.Edge> edges) {
    LayeredLayout layout = new LayeredLayout();
    sizes.forEach((id, size) -> layout.cells.put(id, new Cell(size)));
    layout.assignLayers(edges);
    layout.chain(edges);
    layout.order();
    layout.spread();
    return layout.result();
  }

  private void assignLayers(List<Graph.Edge> edges) {
    Map<String, List<String>> before = new HashMap<>();
    Map<String, List<String>> after = new HashMap<>();
    for (Graph.Edge edge : edges) {
      before.computeIfAbsent(edge.to(), k -> new ArrayList<>()).add(edge.from());
      after.computeIfAbsent(edge.from(), k -> new ArrayList<>()).add(edge.to());
    }
    Map<String, Integer> depth = new HashMap<>();
    cells.keySet().forEach(id -> cell(id).layer = depth(id, before, depth));
    // What nothing comes before stands right above what needs it.
    for (String id : cells.keySet()) {
      if (!before.containsKey(id) && after.containsKey(id)) {
        cell(id).layer =
            after.get(id).stream().mapToInt(next -> cell(next).layer).min().orElse(1) - 1;
      }
    }
  }

  private static int depth(
      String id, Map<String, List<String>> before, Map<String, Integer> known) {
    Integer depth = known.get(id);
    if (depth == null) {
      known.put(id, 0);
      depth =
          before.getOrDefault(id, List.of()).stream()
              .mapToInt(previous -> depth(previous, before, known) + 1)
              .max()
              .orElse(0);
      known.put(id, depth);
    }
    return depth;
  }

  private Cell cell(String id) {
    Cell cell = cells.get(id);
    if (cell == null) {
      throw new IllegalArgumentException("no node is named " + id);
    }
    return cell;
  }

  private void chain(List<Graph.Edge> edges) {
    int last = cells.values().stream().mapToInt(c -> c.layer).max().orElse(0);
    for (int i = 0; i <= last; i++) {
      layers.add(new ArrayList<>());
    }
    cells.values().forEach(c -> layers.get(c.layer).add(c));
    for (Graph.Edge edge : edges) {
      List<Cell> chain = new ArrayList<>();
      Cell from = cell(edge.from());
      Cell to = cell(edge.to());
      chain.add(from);
      for (int layer = from.layer + 1; layer < to.layer; layer++) {
        Cell bend = new Cell(new Box(0, 0, BEND_WIDTH, 0));
        bend.layer = layer;
        layers.get(layer).add(bend);
        chain.add(bend);
      }
      chain.add(to);
      for (int i = 1; i < chain.size(); i++) {
        chain.get(i - 1).below.add(chain.get(i));
        chain.get(i).above.add(chain.get(i - 1));
      }
      chains.add(chain);
    }
  }

  private void order() {
    pack();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < layers.size(); i++) {
        List<Cell> layer = layers.get(down ? i : layers.size() - 1 - i);
        layer.forEach(c -> c.wish = wish(c, down));
        layer.sort(Comparator.comparingDouble(c -> c.wish));
        pack(layer);
      }
    }
  }

  private static double wish(Cell cell, boolean down) {
    List<Cell> neighbours = down ? cell.above : cell.below;
    if (neighbours.isEmpty()) {
      return cell.centre();
    }
    double sum = 0;
    for (Cell neighbour : neighbours) {
      sum += neighbour.centre();
    }
    return sum / neighbours.size();
  }

  private void pack() {
    layers.forEach(LayeredLayout::pack);
  }

  private static void pack(List<Cell> layer) {
    double width = layer.stream().mapToDouble(c -> c.size.width() + GAP_X).sum();
    double x = -width / 2;
    for (Cell cell : layer) {
      cell.x = x;
      x += cell.size.width() + GAP_X;
    }
  }

  /** Moves cells under and over their neighbours as far as order and gaps allow. */
  private void spread() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean down = sweep % 2 == 0;
      for (int i = 0; i < layers.size(); i++) {
        List<Cell> layer = layers.get(down ? i : layers.size() - 1 - i);
        double[] wishes =
            layer.stream().mapToDouble(c -> wish(c, down) - c.size.width() / 2).toArray();
        settle(layer, wishes);
      }
    }
  }

  private static void settle(List<Cell> layer, double[] wishes) {
    int n = layer.size();
    double[] left = new double[n];
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      left[i] =
          i == 0
              ? wishes[i]
              : Math.max(wishes[i], left[i - 1] + layer.get(i - 1).size.width() + GAP_X);
    }
    for (int i = n - 1; i >= 0; i--) {
      right[i] =
          i == n - 1
              ? wishes[i]
              : Math.min(wishes[i], right[i + 1] - layer.get(i).size.width() - GAP_X);
    }
    for (int i = 0; i < n; i++) {
      layer.get(i).x = (left[i] + right[i]) / 2;
    }
  }

  private Layout result() {
    double least = layers.stream().flatMap(List::stream).mapToDouble(c -> c.x).min().orElse(0);
    double most =
        layers.stream()
            .flatMap(List::stream)
            .mapToDouble(c -> c.x + c.size.width())
            .max()
            .orElse(0);
    double[] tops = new double[layers.size()];
    double[] heights = new double[layers.size()];
    double y = 0;
    for (int i = 0; i < layers.size(); i++) {
      tops[i] = y;
      heights[i] = layers.get(i).stream().mapToDouble(c -> c.size.height()).max().orElse(0);
      y += heights[i] + GAP_Y;
    }
    Map<String, Box> boxes = new LinkedHashMap<>();
    cells.forEach((id, c) ->
        boxes.put(
            id, c.size.at(c.x - least, tops[c.layer] + (heights[c.layer] - c.size.height()) / 2)));
    List<List<Layout.Point>> routes = new ArrayList<>();
    for (List<Cell> chain : chains) {
      routes.add(route(chain, least, tops, heights));
    }
    return new Layout(boxes, routes, most - least, Math.max(0, y - GAP_Y));
  }

  private static List<Layout.Point> route(
      List<Cell> chain, double least, double[] tops, double[] heights) {
    List<Layout.Point> points = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Cell c = chain.get(i);
      double x = c.centre() - least;
      double middle = tops[c.layer] + heights[c.layer] / 2;
      if (i == 0) {
        points.add(new Layout.Point(x, middle + c.size.height() / 2));
        points.add(new Layout.Point(x, tops[c.layer] + heights[c.layer]));
      } else if (i == chain.size() - 1) {
        points.add(new Layout.Point(x, tops[c.layer]));
        points.add(new Layout.Point(x, middle - c.size.height() / 2));
      } else {
        points.add(new Layout.Point(x, tops[c.layer]));
        points.add(new Layout.Point(x, tops[c.layer] + heights[c.layer]));
      }
    }
    return points;
  }
}
