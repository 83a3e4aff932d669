package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.jspecify.annotations.Nullable;

/** Values as Flowable takes them, and back. */
final class Variables {

  /** What Twinflow keeps beside the variables of a process begins so, and nobody sees it. */
  static final String HIDDEN = "twinflow.";

  private Variables() {}

  /** As variables of a process. */
  static Map<String, Object> of(RecordValue values) {
    for (String name : values.fields().keySet()) {
      if (name.startsWith(HIDDEN)) {
        throw new FlowableIllegalArgumentException(
            "the name %s cannot be given: what begins with \"%s\" is kept by Twinflow itself. Choose another name."
                .formatted(name, HIDDEN));
      }
    }
    return new HashMap<>(values.fields());
  }

  /** As Flowable's own elements expect them: a time as text, a number of repetitions, a list. */
  static @Nullable Object plain(Value value) {
    return switch (value) {
      case NullValue ignored -> null;
      case StringValue(String text) -> text;
      case BooleanValue(boolean truth) -> truth;
      case IntegerValue(long whole) -> whole;
      case DecimalValue(BigDecimal number) -> number;
      case ListValue(List<Value> items) -> items;
      default -> value;
    };
  }

  /** Of a variable that is ours, or one of the few that Flowable counts with. */
  static @Nullable Value value(@Nullable Object variable) {
    return switch (variable) {
      case null -> null;
      case Value value -> value;
      case String text -> new StringValue(text);
      case Boolean truth -> BooleanValue.of(truth);
      case Integer whole -> new IntegerValue(whole);
      case Long whole -> new IntegerValue(whole);
      case BigDecimal number -> new DecimalValue(number);
      default -> null;
    };
  }
}
