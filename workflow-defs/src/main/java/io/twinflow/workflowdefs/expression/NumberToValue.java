package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.mozilla.javascript.ScriptRuntime;

/**
 * JavaScript's numbers as CWL's. A number without fraction is an integer, as it would be in the
 * JSON that JavaScript writes; negative zero is zero there.
 */
final class NumberToValue {

  private static final double EXACT = 1L << 53;

  private NumberToValue() {}

  static Value convert(Number number, String place) throws UnusableResult {
    if (number instanceof Integer || number instanceof Long || number instanceof Short) {
      return new IntegerValue(number.longValue());
    }
    if (number instanceof BigInteger) {
      throw new UnusableResult(
          place + " is a BigInt, which JSON does not have. Return a number or a string.");
    }
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new UnusableResult(
          "%s is %s, which is not a CWL number. Look for a division by zero, or a calculation with something that is not a number."
              .formatted(place, ScriptRuntime.toString(value)));
    }
    if (value == Math.rint(value) && Math.abs(value) <= EXACT) {
      return new IntegerValue((long) value);
    }
    BigDecimal asWritten = new BigDecimal(ScriptRuntime.toString(value));
    if (asWritten.scale() <= 0 && Math.abs(value) < Long.MAX_VALUE) {
      return new IntegerValue(asWritten.longValueExact());
    }
    return new DecimalValue(asWritten);
  }
}
