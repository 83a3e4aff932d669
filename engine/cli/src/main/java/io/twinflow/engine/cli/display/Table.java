package io.twinflow.engine.cli.display;

import java.util.ArrayList;
import java.util.List;

/** Columns that line up; those of numbers to the right. */
public final class Table {

  private static final String GAP = "  ";

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
    int columns = alignment.length();
    int[] width = new int[columns];
    boolean[] used = new boolean[columns];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns; c++) {
        String cell = rows.get(r).get(c);
        width[c] = Math.max(width[c], cell.length());
        used[c] |= r > 0 && !cell.isEmpty();
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        if (used[c]) {
          String pad = " ".repeat(width[c] - row.get(c).length());
          line.append(alignment.charAt(c) == 'r' ? pad + row.get(c) : row.get(c) + pad).append(GAP);
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
