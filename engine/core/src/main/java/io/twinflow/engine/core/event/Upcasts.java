package io.twinflow.engine.core.event;

import io.twinflow.workflowdefs.value.RecordValue;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Brings events of older versions to the present form, one version at a time. */
final class Upcasts {

  /** From type and version, as in {@code TaskSucceeded 1}, to the fields of the next version. */
  private final Map<String, UnaryOperator<RecordValue>> steps;

  /** Those of all releases so far. */
  static final Upcasts ALL = new Upcasts(Map.of());

  Upcasts(Map<String, UnaryOperator<RecordValue>> steps) {
    this.steps = Map.copyOf(steps);
  }

  RecordValue upcast(String type, int version, int present, RecordValue fields)
      throws UnreadableEventException {
    if (version > present) {
      throw new UnreadableEventException(
          "%s has version %d and this engine reads up to %d; a newer Twinflow wrote it"
              .formatted(type, version, present));
    }
    RecordValue result = fields;
    for (int from = version; from < present; from++) {
      UnaryOperator<RecordValue> step = steps.get(type + " " + from);
      if (step == null) {
        throw new UnreadableEventException(
            "%s of version %d cannot be brought to version %d".formatted(type, from, present));
      }
      result = step.apply(result);
    }
    return result;
  }
}
