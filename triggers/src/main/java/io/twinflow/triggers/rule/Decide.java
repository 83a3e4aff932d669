package io.twinflow.triggers.rule;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.workflowdefs.source.Position;

/**
 * A table that is asked about the events before there is a run, or a message: whether there is to
 * be one, and what expressions see as {@code decision}.
 *
 * @param decision what the catalogue knows it by
 * @param mapping an input object of the table
 */
public record Decide(String decision, Position decisionPlace, Mapping mapping) {

  /** What expressions call its outputs. */
  static final String WORD = "decision";

  static final String FIELDS = "fields: decision, inputs";

  static Decide of(Settings settings, Position place, Mapping mapping)
      throws InvalidSettingException {
    settings.fields("inputs", "a value for each input of the table");
    return new Decide(
        settings.required("decision", "a document in DMN that the server keeps"), place, mapping);
  }
}
