package io.twinflow.workflowdefs.bpmn.expression;

import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileFields;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.math.BigDecimal;
import java.math.MathContext;

/** The value of a term. What is looked at is data only: there is no way from it to a class. */
final class EvaluateTerm {

  private static final MathContext DIGITS = MathContext.DECIMAL128;

  /** A product of long numbers must not become a way to fill the heap. */
  private static final int MOST_DIGITS = 1_000;

  private final Variables variables;

  EvaluateTerm(Variables variables) {
    this.variables = variables;
  }

  Value evaluate(Term term) throws Impossible {
    return switch (term) {
      case Term.Constant(Value value) -> value;
      case Term.Variable(String name) -> orNull(variables, name);
      case Term.Member(Term of, Term key) -> member(evaluate(of), evaluate(key));
      case Term.Unary(Term.UnaryOperator operator, Term of) -> unary(operator, evaluate(of));
      case Term.Binary(Term.BinaryOperator operator, Term left, Term right) ->
          binary(operator, left, right);
      case Term.Choice(Term condition, Term yes, Term no) ->
          evaluate(truth(evaluate(condition), "?") ? yes : no);
    };
  }

  private static Value orNull(Variables variables, String name) {
    Value value = variables.get(name);
    return value == null ? NullValue.NULL : value;
  }

  private static Value member(Value of, Value key) throws Impossible {
    return switch (of) {
      case NullValue ignored -> NullValue.NULL;
      case RecordValue fields -> fields.get(text(key));
      case ListValue list -> item(list, key);
      case FileValue file -> FileFields.of(file).get(text(key));
      case DirectoryValue folder -> FileFields.of(folder).get(text(key));
      case StringValue ignored -> throw noMember(of, key);
      case BooleanValue ignored -> throw noMember(of, key);
      case IntegerValue ignored -> throw noMember(of, key);
      case DecimalValue ignored -> throw noMember(of, key);
    };
  }

  private static Value item(ListValue list, Value key) throws Impossible {
    if (key instanceof StringValue(String name) && name.equals("length")) {
      return new IntegerValue(list.items().size());
    }
    if (!(key instanceof IntegerValue(long index))) {
      throw noMember(list, key);
    }
    return index >= 0 && index < list.items().size()
        ? list.items().get((int) index)
        : NullValue.NULL;
  }

  private static Impossible noMember(Value of, Value key) {
    return new Impossible("%s has no \"%s\"".formatted(kind(of), text(key)));
  }

  private static Value unary(Term.UnaryOperator operator, Value value) throws Impossible {
    return switch (operator) {
      case NOT -> BooleanValue.of(!truth(value, "!"));
      case MINUS -> number(number(value, "-").negate());
      case EMPTY -> BooleanValue.of(isEmpty(value));
    };
  }

  private static boolean isEmpty(Value value) {
    return switch (value) {
      case NullValue ignored -> true;
      case StringValue(String text) -> text.isEmpty();
      case ListValue list -> list.items().isEmpty();
      case RecordValue fields -> fields.fields().isEmpty();
      case BooleanValue ignored -> false;
      case IntegerValue ignored -> false;
      case DecimalValue ignored -> false;
      case FileValue ignored -> false;
      case DirectoryValue ignored -> false;
    };
  }

  private Value binary(Term.BinaryOperator operator, Term leftTerm, Term rightTerm)
      throws Impossible {
    Value left = evaluate(leftTerm);
    String sign = operator.sign();
    return switch (operator) {
      case OR -> BooleanValue.of(truth(left, sign) || truth(evaluate(rightTerm), sign));
      case AND -> BooleanValue.of(truth(left, sign) && truth(evaluate(rightTerm), sign));
      case EQUAL -> BooleanValue.of(same(left, evaluate(rightTerm)));
      case UNEQUAL -> BooleanValue.of(!same(left, evaluate(rightTerm)));
      case LESS -> BooleanValue.of(compare(left, evaluate(rightTerm), sign) < 0);
      case LESS_OR_EQUAL -> BooleanValue.of(compare(left, evaluate(rightTerm), sign) <= 0);
      case GREATER -> BooleanValue.of(compare(left, evaluate(rightTerm), sign) > 0);
      case GREATER_OR_EQUAL -> BooleanValue.of(compare(left, evaluate(rightTerm), sign) >= 0);
      case PLUS, MINUS, TIMES, DIVIDED, REMAINDER ->
          calculate(operator, number(left, sign), number(evaluate(rightTerm), sign));
    };
  }

  private static Value calculate(Term.BinaryOperator operator, BigDecimal left, BigDecimal right)
      throws Impossible {
    boolean divides =
        operator == Term.BinaryOperator.DIVIDED || operator == Term.BinaryOperator.REMAINDER;
    if (divides && right.signum() == 0) {
      throw new Impossible("division by zero");
    }
    return number(
        switch (operator) {
          case PLUS -> left.add(right, DIGITS);
          case MINUS -> left.subtract(right, DIGITS);
          case TIMES -> left.multiply(right, DIGITS);
          case DIVIDED -> left.divide(right, DIGITS);
          case REMAINDER -> remainder(left, right);
          case OR, AND, EQUAL, UNEQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
              throw new AssertionError(operator);
        });
  }

  private static BigDecimal remainder(BigDecimal left, BigDecimal right) throws Impossible {
    try {
      return left.remainder(right, DIGITS);
    } catch (ArithmeticException e) {
      throw new Impossible("the numbers of \"%\" are too far apart");
    }
  }

  private static boolean same(Value left, Value right) {
    boolean numbers = isNumber(left) && isNumber(right);
    return numbers ? decimal(left).compareTo(decimal(right)) == 0 : left.equals(right);
  }

  private static int compare(Value left, Value right, String sign) throws Impossible {
    if (left instanceof StringValue(String a) && right instanceof StringValue(String b)) {
      return a.compareTo(b);
    }
    return number(left, sign).compareTo(number(right, sign));
  }

  private static boolean truth(Value value, String sign) throws Impossible {
    return switch (value) {
      case BooleanValue(boolean truth) -> truth;
      case NullValue ignored -> false;
      case StringValue ignored -> throw unsuitable(sign, "true or false", value);
      case IntegerValue ignored -> throw unsuitable(sign, "true or false", value);
      case DecimalValue ignored -> throw unsuitable(sign, "true or false", value);
      case ListValue ignored -> throw unsuitable(sign, "true or false", value);
      case RecordValue ignored -> throw unsuitable(sign, "true or false", value);
      case FileValue ignored -> throw unsuitable(sign, "true or false", value);
      case DirectoryValue ignored -> throw unsuitable(sign, "true or false", value);
    };
  }

  private static BigDecimal number(Value value, String sign) throws Impossible {
    if (!isNumber(value)) {
      throw unsuitable(sign, "a number", value);
    }
    BigDecimal number = decimal(value);
    if (number.precision() > MOST_DIGITS) {
      throw new Impossible("a number with more than %,d digits".formatted(MOST_DIGITS));
    }
    return number;
  }

  private static boolean isNumber(Value value) {
    return value instanceof IntegerValue || value instanceof DecimalValue;
  }

  private static BigDecimal decimal(Value value) {
    return value instanceof IntegerValue(long whole)
        ? BigDecimal.valueOf(whole)
        : ((DecimalValue) value).value();
  }

  /** Whole results are whole numbers again, as a workflow's input of type int wants them. */
  private static Value number(BigDecimal value) throws Impossible {
    if (Math.abs((long) value.scale()) > MOST_DIGITS) {
      throw new Impossible("a number with more than %,d digits".formatted(MOST_DIGITS));
    }
    BigDecimal plain = value.stripTrailingZeros();
    boolean fits = plain.scale() <= 0 && plain.precision() - plain.scale() <= 18;
    return fits ? new IntegerValue(plain.longValueExact()) : new DecimalValue(value);
  }

  private static Impossible unsuitable(String sign, String expected, Value found) {
    return new Impossible("\"%s\" expects %s and found %s".formatted(sign, expected, kind(found)));
  }

  /** As it stands in a text. */
  static String text(Value value) {
    return switch (value) {
      case StringValue(String text) -> text;
      case NullValue ignored -> "";
      case BooleanValue ignored -> ValueJson.write(value);
      case IntegerValue ignored -> ValueJson.write(value);
      case DecimalValue(BigDecimal number) -> number.toPlainString();
      case ListValue ignored -> ValueJson.write(value);
      case RecordValue ignored -> ValueJson.write(value);
      case FileValue ignored -> ValueJson.write(value);
      case DirectoryValue ignored -> ValueJson.write(value);
    };
  }

  private static String kind(Value value) {
    return switch (value) {
      case NullValue ignored -> "nothing (null)";
      case BooleanValue ignored -> "true or false";
      case IntegerValue ignored -> "a number";
      case DecimalValue ignored -> "a number";
      case StringValue ignored -> "a text";
      case FileValue ignored -> "a file";
      case DirectoryValue ignored -> "a folder";
      case ListValue ignored -> "a list";
      case RecordValue ignored -> "an object";
    };
  }
}
