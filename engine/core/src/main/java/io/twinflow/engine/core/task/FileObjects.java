package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.value.FileFields;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects with {@code class: File} or {@code Directory}, which expressions make, as such. */
final class FileObjects {

  private FileObjects() {}

  static Value of(Value value) {
    if (value instanceof ListValue(List<Value> items)) {
      List<Value> changed = new ArrayList<>(items.size());
      boolean same = true;
      for (Value item : items) {
        Value of = of(item);
        same &= of == item;
        changed.add(of);
      }
      return same ? value : new ListValue(changed);
    }
    return value instanceof RecordValue record ? of(record) : value;
  }

  private static Value of(RecordValue record) {
    Map<String, Value> changed = new LinkedHashMap<>();
    boolean same = true;
    for (Map.Entry<String, Value> field : record.fields().entrySet()) {
      Value of = of(field.getValue());
      same &= of == field.getValue();
      changed.put(field.getKey(), of);
    }
    return FileFields.from(same ? record : new RecordValue(changed));
  }
}
