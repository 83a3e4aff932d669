package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;

/**
 * A signal to all processes of the trigger's owner that listen for it at that moment.
 *
 * @param mapping an object with {@code values}
 */
public record Signal(String name, Mapping mapping) implements Telling {

  static final String FIELDS = "fields: name, values";

  static Signal of(Settings settings, Mapping mapping) throws InvalidSettingException {
    String name = settings.required("name", "the name of a signal that processes listen for");
    settings.fields("values", "values that become variables of the processes");
    return new Signal(name, mapping);
  }
}
