package io.twinflow.workflowdefs.source;

/**
 * Bounds for all that one load reads, besides those for each document: many documents, each within
 * its bounds, could cost as much as one without.
 *
 * @param files fetched, each time one is
 * @param bytes of them together
 * @param values once aliases, imports and what is included have been put in place; one takes some
 *     300 bytes of memory
 * @param characters of their texts, likewise
 */
public record TotalLimits(long files, long bytes, long values, long characters) {
  public static final TotalLimits DEFAULT =
      new TotalLimits(5_000, 64L << 20, 1_200_000, 128L << 20);
}
