package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import java.time.Duration;

/**
 * A message to one process.
 *
 * @param mapping an object with {@code values}, and with {@code run} or {@code where}: one process,
 *     or the variables by which it is found
 * @param within how long it waits for a process that waits for it
 */
public record Message(String name, Mapping mapping, Duration within) implements Telling {

  static final String FIELDS = "fields: name, run or where, values, within";

  private static final Duration USUAL = Duration.ofHours(1);
  private static final String WHERE = "the values of variables of the process";

  static Message of(Settings settings, Mapping mapping) throws InvalidSettingException {
    String name = settings.required("name", "the name of a message that the process waits for");
    boolean one = settings.text("run", "the id of a process").isPresent();
    boolean found = !settings.fields("where", WHERE).isEmpty();
    if (one == found) {
      throw settings.wrong(
          "where", WHERE + ", as in {gauge: $(self.subject)}, or instead of it run: the id of one");
    }
    settings.fields("values", "values that become variables of the process");
    return new Message(name, mapping, settings.time("within").orElse(USUAL));
  }
}
