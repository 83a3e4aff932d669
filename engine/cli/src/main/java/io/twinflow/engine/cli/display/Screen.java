package io.twinflow.engine.cli.display;

import java.io.PrintStream;
import java.util.List;

/**
 * A block of lines at the bottom of a terminal that is drawn over and over. Everything goes out in
 * one write, so that nothing flickers.
 */
final class Screen {

  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private int standing;

  Screen(PrintStream out) {
    this.out = out;
  }

  /** Puts lines above the block, for good, and the block below them. */
  void draw(List<String> above, List<String> block) {
    StringBuilder text = new StringBuilder("\r");
    if (standing > 0) {
      text.append(UP.formatted(standing));
    }
    above.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
    block.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
    text.append(CLEAR_BELOW);
    standing = block.size();
    out.print(text);
    out.flush();
  }
}
