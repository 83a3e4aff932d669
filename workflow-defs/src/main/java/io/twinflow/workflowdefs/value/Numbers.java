package io.twinflow.workflowdefs.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as JSON and YAML write them. */
public final class Numbers {

  /** Beyond this a number is written as it is only to waste memory. */
  private static final int MAX_EXPONENT = 9_999;

  private Numbers() {}

  /** A whole number: 64 bits where they suffice. */
  public static Value whole(String text) {
    if (text.length() <= 18) {
      return new IntegerValue(Long.parseLong(text));
    }
    BigInteger big = new BigInteger(text);
    return big.bitLength() < 64
        ? new IntegerValue(big.longValueExact())
        : new DecimalValue(new BigDecimal(big));
  }

  /**
   * @throws NumberFormatException if the text is no finite number, or its exponent is beyond any
   *     use
   */
  public static DecimalValue decimal(String text) {
    BigDecimal value = new BigDecimal(text);
    if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
      throw new NumberFormatException("the exponent of " + text + " is too large");
    }
    return new DecimalValue(value);
  }

  /** The number's text, which reads back as the same number with the same digits. */
  public static String text(BigDecimal value) {
    return value.toString();
  }
}
