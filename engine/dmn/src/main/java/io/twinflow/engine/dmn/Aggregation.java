package io.twinflow.engine.dmn;

/** What COLLECT makes of the outputs it collected. */
enum Aggregation {
  LIST,
  SUM,
  MIN,
  MAX,
  COUNT
}
