package io.twinflow.triggers.source.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * One of the five: numbers, ranges and lists of them, with steps.
 *
 * @param any whether it begins with a star, and so names no value of its own
 */
record CronField(BitSet values, boolean any) {

  /**
   * What a field may hold.
   *
   * @param names of the values from the least on; empty if they have none
   */
  record Range(String what, int least, int most, List<String> names) {}

  /**
   * @throws IllegalArgumentException that says what was expected and found
   */
  static CronField read(String text, Range range) {
    BitSet values = new BitSet();
    for (String part : text.split(",", -1)) {
      add(part, range, values);
    }
    return new CronField(values, text.startsWith("*"));
  }

  private static void add(String part, Range range, BitSet values) {
    String[] stepped = part.split("/", 2);
    boolean open = stepped[0].equals("*");
    String[] ends = stepped[0].split("-", 2);
    int first = open ? range.least() : number(ends[0], part, range);
    int last = first;
    if (open || (ends.length == 1 && stepped.length == 2)) {
      last = range.most();
    } else if (ends.length == 2) {
      last = number(ends[1], part, range);
    }
    int step = stepped.length == 2 ? step(stepped[1], part, range) : 1;
    if (last < first) {
      throw wrong(part, range, "a range that goes up");
    }
    for (int value = first; value <= last; value += step) {
      values.set(value);
    }
  }

  private static int step(String text, String part, Range range) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) == 0) {
      throw wrong(part, range, "a step from 1 on");
    }
    return Integer.parseInt(text);
  }

  private static int number(String text, String part, Range range) {
    int named = range.names().indexOf(text.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return named + range.least();
    }
    if (!text.matches("[0-9]{1,4}")) {
      throw wrong(part, range, "*, a number, a range or a list");
    }
    int number = Integer.parseInt(text);
    if (number < range.least() || number > range.most()) {
      throw wrong(part, range, "a number from %d to %d".formatted(range.least(), range.most()));
    }
    return number;
  }

  private static IllegalArgumentException wrong(String part, Range range, String expected) {
    return new IllegalArgumentException(
        "%s: expected %s, found '%s'".formatted(range.what(), expected, part));
  }

  /** The first value from here on; negative if there is none. */
  int from(int value) {
    return values.nextSetBit(value);
  }

  boolean has(int value) {
    return values.get(value);
  }
}
