package io.twinflow.workflowdefs.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says that a field is not there: which ones are, which is nearest, and how it could be. */
final class MissingField {

  private static final int NAMES_SHOWN = 12;

  private static final Map<String, String> HOW_TO_HAVE_IT =
      Map.of(
          "contents", "Add 'loadContents: true' to have it.",
          "listing", "Add 'loadListing: shallow_listing' to have it.",
          "path", "It is known only inside a task.",
          "dirname", "It is known only inside a task.");

  private MissingField() {}

  static String message(String owner, String name, Collection<String> present) {
    StringBuilder message = new StringBuilder();
    message.append("%s has no field '%s'.".formatted(owner, name));
    List<String> near =
        present.stream()
            .filter(candidate -> isNear(candidate, name))
            .sorted(Comparator.comparingInt(candidate -> distance(candidate, name)))
            .limit(1)
            .toList();
    if (present.contains("class") && HOW_TO_HAVE_IT.containsKey(name)) {
      message.append(' ').append(HOW_TO_HAVE_IT.get(name));
    } else if (!near.isEmpty()) {
      message.append(" Did you mean '").append(near.getFirst()).append("'?");
    }
    if (present.isEmpty()) {
      return message.append(" It has no fields.").toString();
    }
    message
        .append(" It has: ")
        .append(present.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")));
    if (present.size() > NAMES_SHOWN) {
      message.append(" and ").append(present.size() - NAMES_SHOWN).append(" more");
    }
    return message.append('.').toString();
  }

  private static boolean isNear(String candidate, String name) {
    return distance(candidate, name) <= Math.max(1, name.length() / 3);
  }

  /** Levenshtein's distance, upper and lower case being the same. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(java.util.Locale.ROOT);
    String b = right.toLowerCase(java.util.Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
