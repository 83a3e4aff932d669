package io.twinflow.workflowdefs.value;

import java.util.List;

/** CWL {@code array}. */
public record ListValue(List<Value> items) implements Value {
  public static final ListValue EMPTY = new ListValue(List.of());

  public ListValue {
    items = List.copyOf(items);
  }
}
