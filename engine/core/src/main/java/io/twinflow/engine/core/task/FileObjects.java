package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.value.FileFields;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects with {@code class: File} or {@code Directory}, which expressions make, as such. */
final class FileObjects {

  private FileObjects() {}

  static Value of(Value value) {
    return switch (value) {
      case ListValue(List<Value> items) ->
          new ListValue(items.stream().map(FileObjects::of).toList());
      case RecordValue(Map<String, Value> fields) -> {
        Map<String, Value> changed = new LinkedHashMap<>();
        fields.forEach((name, field) -> changed.put(name, of(field)));
        yield FileFields.from(new RecordValue(changed));
      }
      case Value other -> other;
    };
  }
}
