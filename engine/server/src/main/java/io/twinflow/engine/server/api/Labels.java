package io.twinflow.engine.server.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bounds on what people write on their runs. */
final class Labels {

  private static final int MOST = 64;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 1_024;

  private Labels() {}

  static Map<String, String> checked(@Nullable Map<String, String> labels)
      throws BadRequestException {
    if (labels == null) {
      return Map.of();
    }
    if (labels.size() > MOST) {
      throw new BadRequestException("labels", "at most %d labels".formatted(MOST));
    }
    Map<String, String> checked = new LinkedHashMap<>();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String value = label.getValue();
      if (label.getKey().isBlank() || isBad(label.getKey(), LONGEST_KEY)) {
        throw new BadRequestException(
            "labels",
            "a label's key has 1 to %d characters, none of them a control character"
                .formatted(LONGEST_KEY));
      }
      if (value == null || isBad(value, LONGEST_VALUE)) {
        throw new BadRequestException(
            "labels." + label.getKey(),
            "a label's value is a text of at most %d characters, none of them a control character"
                .formatted(LONGEST_VALUE));
      }
      checked.put(label.getKey(), value);
    }
    return checked;
  }

  /** With changes made: null takes a label away. */
  static Map<String, String> changed(
      Map<String, String> labels, Map<String, @Nullable String> changes)
      throws BadRequestException {
    Map<String, String> changed = new LinkedHashMap<>(labels);
    changes.forEach((key, value) -> {
      if (value == null) {
        changed.remove(key);
      } else {
        changed.put(key, value);
      }
    });
    return checked(changed);
  }

  static boolean isBad(String text, int longest) {
    return text.length() > longest || text.chars().anyMatch(Character::isISOControl);
  }
}
