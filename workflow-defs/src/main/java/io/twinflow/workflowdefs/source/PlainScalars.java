package io.twinflow.workflowdefs.source;

import io.twinflow.workflowdefs.source.ScalarNode.Kind;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Types plain YAML scalars by the core schema of YAML 1.2, section 10.3.2. */
final class PlainScalars {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /** A longer one is no number that anyone means. */
  private static final int MAX_DIGITS = 1_000;

  private PlainScalars() {}

  static ScalarNode of(String text, Position position) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> new ScalarNode(Kind.NULL, "null", position);
      case "true", "True", "TRUE" -> new ScalarNode(Kind.BOOLEAN, "true", position);
      case "false", "False", "FALSE" -> new ScalarNode(Kind.BOOLEAN, "false", position);
      default -> number(text, position);
    };
  }

  private static ScalarNode number(String text, Position position) {
    char first = text.charAt(0);
    if (first != '-' && first != '+' && first != '.' && (first < '0' || first > '9')) {
      return new ScalarNode(Kind.STRING, text, position);
    }
    if (text.length() > MAX_DIGITS) {
      return new ScalarNode(Kind.STRING, text, position);
    }
    if (INTEGER.matcher(text).matches()) {
      return new ScalarNode(Kind.INTEGER, new BigInteger(text).toString(), position);
    }
    if (OCTAL.matcher(text).matches()) {
      return new ScalarNode(Kind.INTEGER, inBase(text, 8), position);
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return new ScalarNode(Kind.INTEGER, inBase(text, 16), position);
    }
    if (DECIMAL.matcher(text).matches()) {
      return new ScalarNode(Kind.DECIMAL, asJson(text), position);
    }
    return new ScalarNode(Kind.STRING, text, position);
  }

  /** The same number in the form JSON has for it: a digit on both sides of the point, no plus. */
  private static String asJson(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int exponent = Math.max(digits.indexOf('e'), digits.indexOf('E'));
    String power = exponent < 0 ? "" : digits.substring(exponent);
    String mantissa = exponent < 0 ? digits : digits.substring(0, exponent);
    int point = mantissa.indexOf('.');
    String whole = point < 0 ? mantissa : mantissa.substring(0, point);
    String fraction = point < 0 ? "" : mantissa.substring(point + 1);
    String canonical = whole.isEmpty() ? "0" : new BigInteger(whole).toString();
    if (point >= 0) {
      canonical = canonical + "." + (fraction.isEmpty() ? "0" : fraction);
    }
    return (negative ? "-" : "") + canonical + power;
  }

  private static String inBase(String text, int base) {
    return new BigInteger(text.substring(2), base).toString();
  }
}
