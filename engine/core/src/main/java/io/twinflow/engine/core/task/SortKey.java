package io.twinflow.engine.core.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a piece of the command line belongs: numbers before strings, strings by their UTF-8 bytes.
 * CommandLineTool v1.2, "Input binding".
 *
 * @param parts each an Integer or a String
 * @param name of the parameter or field, where everything else is equal
 */
record SortKey(List<Object> parts, String name) implements Comparable<SortKey> {

  static final SortKey ROOT = new SortKey(List.of(), "");

  SortKey then(int part) {
    return with(part, name);
  }

  SortKey then(String part) {
    return with(part, part);
  }

  private SortKey with(Object part, String newName) {
    List<Object> longer = new ArrayList<>(parts.size() + 1);
    longer.addAll(parts);
    longer.add(part);
    return new SortKey(longer, newName);
  }

  @Override
  public int compareTo(SortKey other) {
    for (int i = 0; i < parts.size() && i < other.parts.size(); i++) {
      int order = compare(parts.get(i), other.parts.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(parts.size(), other.parts.size());
    return order != 0 ? order : compare(name, other.name);
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Integer x) {
      return b instanceof Integer y ? x.compareTo(y) : -1;
    }
    if (b instanceof Integer) {
      return 1;
    }
    return Arrays.compareUnsigned(bytes(a), bytes(b));
  }

  private static byte[] bytes(Object text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
