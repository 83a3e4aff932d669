package io.twinflow.workflowdefs.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** CWL {@code record}, and any other JSON object; keeps the order of its fields. */
public record RecordValue(Map<String, Value> fields) implements Value {
  public static final RecordValue EMPTY = new RecordValue(Map.of());

  public RecordValue {
    fields =
        fields instanceof FewFields
            ? fields
            : fields.size() <= FewFields.MOST
                ? FewFields.of(fields)
                : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The field's value; {@link NullValue#NULL} if there is none. */
  public Value get(String field) {
    return fields.getOrDefault(field, NullValue.NULL);
  }

  public RecordValue with(String field, Value value) {
    Map<String, Value> copy = new LinkedHashMap<>(fields);
    copy.put(field, value);
    return new RecordValue(copy);
  }
}
