package io.twinflow.executors.api.settings;

import java.util.List;
import java.util.Map;

/**
 * A value of the configuration, and where it was written.
 *
 * @param place file:line:column, or the name of what it came from
 */
public record Setting(Written written, String place) {

  /** As a configuration writes values: numbers and switches are texts until somebody asks. */
  public sealed interface Written {
    record Text(String text) implements Written {}

    record Items(List<Setting> items) implements Written {
      public Items {
        items = List.copyOf(items);
      }
    }

    record Fields(Map<String, Setting> fields) implements Written {}
  }

  /** A text from nowhere in particular. */
  public static Setting text(String text, String place) {
    return new Setting(new Written.Text(text), place);
  }

  String found() {
    return switch (written) {
      case Written.Text(String text) -> text.isEmpty() ? "nothing" : "'" + text + "'";
      case Written.Items _ -> "a list";
      case Written.Fields _ -> "fields";
    };
  }
}
