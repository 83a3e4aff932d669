package io.twinflow.triggers.source.mqtt;

import java.util.List;

/** What a subscription may name (MQTT 5.0, section 4.7). */
final class TopicFilter {

  private static final String SHARED = "$share/";

  private TopicFilter() {}

  static boolean isValid(String filter) {
    if (filter.isEmpty() || filter.indexOf('\0') >= 0 || !namesItsGroup(filter)) {
      return false;
    }
    List<String> levels = List.of(filter.split("/", -1));
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      boolean wild = level.contains("#") || level.contains("+");
      if ((wild && level.length() > 1) || (level.equals("#") && i < levels.size() - 1)) {
        return false;
      }
    }
    return true;
  }

  /** One of several clients gets each message: whoever subscribes takes some from the others. */
  static boolean isShared(String filter) {
    return filter.startsWith(SHARED);
  }

  private static boolean namesItsGroup(String filter) {
    return !isShared(filter) || filter.matches("\\$share/[^/+#]+/.+");
  }
}
