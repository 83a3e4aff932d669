package io.twinflow.engine.cli.graph;

import java.util.List;
import java.util.Map;

/**
 * Where things stand.
 *
 * @param boxes by node
 * @param routes of the edges, in their order: points from top to bottom
 */
record Layout(Map<String, Box> boxes, List<List<Point>> routes, double width, double height) {

  record Point(double x, double y) {}
}
