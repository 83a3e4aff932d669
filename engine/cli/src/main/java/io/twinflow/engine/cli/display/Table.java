package io.twinflow.engine.cli.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns that line up; those of numbers to the right. */
public final class Table {

  private static final String GAP = "  ";
  private static final int LEAST_NAME = 12;

  private final List<List<String>> rows = new ArrayList<>();
  private final String alignment;

  /**
   * @param alignment one letter per column: l or r
   * @param head the titles
   */
  public Table(String alignment, String... head) {
    this.alignment = alignment;
    rows.add(List.of(head));
  }

  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The first line is the head. Columns that are empty throughout are left out. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /**
   * At most {@code most} characters wide: the first column is cut first, then columns at the right
   * go.
   */
  public List<String> lines(int most) {
    int[] width = widths();
    int excess = Arrays.stream(width).filter(w -> w > 0).map(w -> w + GAP.length()).sum();
    excess -= GAP.length() + most;
    if (excess > 0 && width[0] > LEAST_NAME) {
      int cut = Math.min(excess, width[0] - LEAST_NAME);
      width[0] -= cut;
      excess -= cut;
    }
    for (int c = width.length - 1; c > 0 && excess > 0; c--) {
      if (width[c] > 0) {
        excess -= width[c] + GAP.length();
        width[c] = 0;
      }
    }
    return rows.stream().map(row -> line(row, width)).toList();
  }

  /** 0 for a column that holds nothing. */
  private int[] widths() {
    int[] width = new int[alignment.length()];
    for (int c = 0; c < width.length; c++) {
      int column = c;
      int body = rows.stream().skip(1).mapToInt(row -> row.get(column).length()).max().orElse(0);
      width[c] = body == 0 ? 0 : Math.max(body, rows.getFirst().get(c).length());
    }
    return width;
  }

  private String line(List<String> row, int[] width) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < width.length; c++) {
      if (width[c] > 0) {
        String cell = Words.fit(row.get(c), width[c]);
        String pad = " ".repeat(width[c] - cell.length());
        line.append(alignment.charAt(c) == 'r' ? pad + cell : cell + pad).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }
}
