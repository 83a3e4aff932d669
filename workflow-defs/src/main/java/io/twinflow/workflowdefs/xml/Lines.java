package io.twinflow.workflowdefs.xml;

import io.twinflow.workflowdefs.source.Position;
import java.util.Arrays;

/** Where the lines of a text begin. */
final class Lines {

  private final String source;
  private final int[] starts;

  Lines(String source, String text) {
    this.source = source;
    int[] found = new int[16];
    int lines = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (lines == found.length) {
        found = Arrays.copyOf(found, 2 * lines);
      }
      found[lines++] = i + 1;
    }
    starts = Arrays.copyOf(found, lines);
  }

  Position at(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(source, line + 1, offset - starts[line] + 1);
  }
}
