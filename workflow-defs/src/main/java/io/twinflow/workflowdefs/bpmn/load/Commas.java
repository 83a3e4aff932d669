package io.twinflow.workflowdefs.bpmn.load;

import java.util.ArrayList;
import java.util.List;

/** Lists in one attribute. */
final class Commas {

  private Commas() {}

  /** The stripped parts between commas; commas within an expression part nothing. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '}') {
        inside = false;
      } else if (text.startsWith("${", i)) {
        inside = true;
      } else if (c == ',' && !inside) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
