package io.twinflow.workflowdefs.bpmn.expression;

import io.twinflow.workflowdefs.value.Value;

/** An expression, taken apart. There is no term for a call, so none can be evaluated. */
sealed interface Term {

  record Constant(Value value) implements Term {}

  record Variable(String name) implements Term {}

  /** {@code of.name}, {@code of['name']} or {@code of[0]}. */
  record Member(Term of, Term key) implements Term {}

  record Unary(UnaryOperator operator, Term of) implements Term {}

  record Binary(BinaryOperator operator, Term left, Term right) implements Term {}

  record Choice(Term condition, Term yes, Term no) implements Term {}

  enum UnaryOperator {
    NOT,
    MINUS,
    EMPTY
  }

  enum BinaryOperator {
    OR("||"),
    AND("&&"),
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED("/"),
    REMAINDER("%");

    private final String sign;

    BinaryOperator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }
}
