package io.twinflow.engine.cli.graph;

/** A rectangle, in pixels, by its upper left corner. */
record Box(double x, double y, double width, double height) {

  double centre() {
    return x + width / 2;
  }

  double bottom() {
    return y + height;
  }

  Box at(double newX, double newY) {
    return new Box(newX, newY, width, height);
  }
}
