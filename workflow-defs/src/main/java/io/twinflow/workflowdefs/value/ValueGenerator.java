package io.twinflow.workflowdefs.value;

import tools.jackson.core.JsonGenerator;

/** Writes values to a JSON generator. */
final class ValueGenerator {

  private ValueGenerator() {}

  static void write(Value value, JsonGenerator json) {
    switch (value) {
      case NullValue _ -> json.writeNull();
      case BooleanValue bool -> json.writeBoolean(bool.value());
      case IntegerValue integer -> json.writeNumber(integer.value());
      case DecimalValue decimal -> json.writeNumber(Numbers.text(decimal.value()));
      case StringValue string -> json.writeString(string.value());
      case FileValue file -> write(FileFields.of(file), json);
      case DirectoryValue directory -> write(FileFields.of(directory), json);
      case ListValue list -> {
        json.writeStartArray();
        list.items().forEach(item -> write(item, json));
        json.writeEndArray();
      }
      case RecordValue record -> {
        json.writeStartObject();
        record
            .fields()
            .forEach((name, field) -> {
              json.writeName(name);
              write(field, json);
            });
        json.writeEndObject();
      }
    }
  }
}
