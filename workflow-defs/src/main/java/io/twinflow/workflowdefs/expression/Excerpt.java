package io.twinflow.workflowdefs.expression;

/** A short, one-line form of a long text, for messages. */
final class Excerpt {

  private static final int LENGTH = 60;

  private Excerpt() {}

  static String of(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
  }
}
