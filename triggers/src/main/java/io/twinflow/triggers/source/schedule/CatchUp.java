package io.twinflow.triggers.source.schedule;

/** What becomes of times that passed while nobody was there. */
enum CatchUp {
  ALL,
  LAST,
  NONE
}
