package io.twinflow.workflowdefs.source;

/**
 * A place in a source.
 *
 * @param source the file path or URL as a person would write it
 * @param line 1-based
 * @param column 1-based
 */
public record Position(String source, int line, int column) {

  /** The start of a source, for findings about it as a whole. */
  public static Position startOf(String source) {
    return new Position(source, 1, 1);
  }

  @Override
  public String toString() {
    return source + ":" + line + ":" + column;
  }
}
