package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;

/** Positions within a text that has one. */
final class Places {

  private Places() {}

  /**
   * The position of an offset. For the lines after the first the same indentation is assumed, which
   * is right for YAML's block scalars.
   */
  static Position at(Position start, String text, int offset) {
    int line = 0;
    int lineStart = 0;
    for (int i = 0; i < offset && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(start.source(), start.line() + line, start.column() + offset - lineStart);
  }
}
