package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.variable.api.types.ValueFields;
import org.flowable.variable.api.types.VariableType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a variable as JSON, with all digits of its numbers. Nothing is ever serialized as a Java
 * object.
 */
final class ValueType implements VariableType {

  /** The width of Flowable's column; what is longer goes where bytes are kept. */
  private static final int SHORT = 4_000;

  private static final int MOST = 1 << 20;

  @Override
  public String getTypeName() {
    return "twinflow";
  }

  @Override
  public boolean isCachable() {
    return true;
  }

  @Override
  public boolean isAbleToStore(@Nullable Object value) {
    return value instanceof Value
        || value instanceof String
        || value instanceof Long
        || value instanceof BigDecimal
        || value instanceof List;
  }

  @Override
  public void setValue(@Nullable Object value, ValueFields fields) {
    fields.setTextValue(null);
    fields.setBytes(null);
    if (value == null) {
      return;
    }
    String json = ValueJson.write(asValue(value));
    if (json.length() > MOST) {
      throw new FlowableIllegalArgumentException(
          "the variable %s has %,d characters as JSON, at most %,d are kept. Put it into a file and keep where it is."
              .formatted(fields.getName(), json.length(), MOST));
    }
    if (json.length() <= SHORT) {
      fields.setTextValue(json);
    } else {
      fields.setBytes(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Value asValue(Object value) {
    if (value instanceof List<?> items) {
      return new ListValue(items.stream().map(ValueType::asValue).toList());
    }
    Value known = Variables.value(value);
    return known == null ? new StringValue(String.valueOf(value)) : known;
  }

  @Override
  public @Nullable Object getValue(ValueFields fields) {
    String text = fields.getTextValue();
    byte[] bytes = text == null ? fields.getBytes() : null;
    if (text == null && bytes == null) {
      return null;
    }
    try {
      return ValueJson.read(text != null ? text : new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      throw new IllegalStateException(
          "the variable " + fields.getName() + " was changed by hand: " + e.getMessage(), e);
    }
  }
}
