package io.twinflow.engine.core.turns;

/**
 * What the runs of a line have in common.
 *
 * @param site where they want slots
 * @param workflow empty if no limit of theirs names it
 */
record LineName(String site, String workflow) {

  static final LineName NONE = new LineName("", "");
}
