package io.twinflow.workflowdefs.source;

/**
 * Bounds for one document, so that a hostile one costs neither memory nor time.
 *
 * @param maxBytes of the text
 * @param maxDepth of nested maps and lists
 * @param maxNodes after every alias has been put in place; one takes some 300 bytes of memory
 */
public record ReadLimits(long maxBytes, int maxDepth, long maxNodes) {
  public static final ReadLimits DEFAULT = new ReadLimits(32L << 20, 128, 600_000);
}
