package io.twinflow.engine.dmn.feel;

import java.util.Map;
import java.util.Set;
import org.camunda.feel.syntaxtree.Addition;
import org.camunda.feel.syntaxtree.ArithmeticNegation;
import org.camunda.feel.syntaxtree.AtLeastOne;
import org.camunda.feel.syntaxtree.Conjunction;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstContext;
import org.camunda.feel.syntaxtree.ConstDate;
import org.camunda.feel.syntaxtree.ConstDateTime;
import org.camunda.feel.syntaxtree.ConstDayTimeDuration;
import org.camunda.feel.syntaxtree.ConstInputValue$;
import org.camunda.feel.syntaxtree.ConstList;
import org.camunda.feel.syntaxtree.ConstLocalDateTime;
import org.camunda.feel.syntaxtree.ConstLocalTime;
import org.camunda.feel.syntaxtree.ConstNull$;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.ConstRange;
import org.camunda.feel.syntaxtree.ConstRangeBoundary;
import org.camunda.feel.syntaxtree.ConstString;
import org.camunda.feel.syntaxtree.ConstTime;
import org.camunda.feel.syntaxtree.ConstYearMonthDuration;
import org.camunda.feel.syntaxtree.Disjunction;
import org.camunda.feel.syntaxtree.Division;
import org.camunda.feel.syntaxtree.Equal;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.Exponentiation;
import org.camunda.feel.syntaxtree.Filter;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.GreaterOrEqual;
import org.camunda.feel.syntaxtree.GreaterThan;
import org.camunda.feel.syntaxtree.If;
import org.camunda.feel.syntaxtree.In;
import org.camunda.feel.syntaxtree.InputEqualTo;
import org.camunda.feel.syntaxtree.InputGreaterOrEqual;
import org.camunda.feel.syntaxtree.InputGreaterThan;
import org.camunda.feel.syntaxtree.InputInRange;
import org.camunda.feel.syntaxtree.InputLessOrEqual;
import org.camunda.feel.syntaxtree.InputLessThan;
import org.camunda.feel.syntaxtree.InstanceOf;
import org.camunda.feel.syntaxtree.LessOrEqual;
import org.camunda.feel.syntaxtree.LessThan;
import org.camunda.feel.syntaxtree.Multiplication;
import org.camunda.feel.syntaxtree.NamedFunctionParameters;
import org.camunda.feel.syntaxtree.Not;
import org.camunda.feel.syntaxtree.PathExpression;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.Subtraction;
import org.camunda.feel.syntaxtree.UnaryTestExpression;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * Looks at every node of a parsed expression: what is not known here to cost little and to reach
 * nothing is refused, also what a later version of the library may add.
 */
final class AllowedSyntax {

  /** The interpreter goes one level deeper for each. */
  private static final int MOST_DEPTH = 100;

  /** As many as FEEL reckons with (DMN 1.5, section 10.3.2.3.1). */
  private static final int MOST_DIGITS = 34;

  private static final Set<Class<?>> ALLOWED =
      Set.of(
          ConstNull$.class,
          ConstInputValue$.class,
          ConstNumber.class,
          ConstBool.class,
          ConstString.class,
          ConstDate.class,
          ConstLocalTime.class,
          ConstTime.class,
          ConstLocalDateTime.class,
          ConstDateTime.class,
          ConstYearMonthDuration.class,
          ConstDayTimeDuration.class,
          ConstList.class,
          ConstRange.class,
          InputLessThan.class,
          InputLessOrEqual.class,
          InputGreaterThan.class,
          InputGreaterOrEqual.class,
          InputEqualTo.class,
          InputInRange.class,
          AtLeastOne.class,
          UnaryTestExpression.class,
          Not.class,
          Ref.class,
          PathExpression.class,
          Addition.class,
          Subtraction.class,
          Multiplication.class,
          Division.class,
          ArithmeticNegation.class,
          Equal.class,
          LessThan.class,
          LessOrEqual.class,
          GreaterThan.class,
          GreaterOrEqual.class,
          FunctionInvocation.class,
          If.class,
          Disjunction.class,
          Conjunction.class,
          In.class);

  private static final Map<Class<?>, String> WAYS_OUT =
      Map.of(
          Exponentiation.class,
          "powers are not evaluated, as they make endless numbers. Multiply, or give the power as an input.",
          Filter.class,
          "filters and indexes are not evaluated. Give what is looked for as an input of its own.",
          ConstContext.class,
          "contexts are not evaluated. Use a table with several outputs.",
          InstanceOf.class,
          "types are not asked for. Set the typeRef of the input.");

  private final KnownNames names;
  private boolean isConstant = true;

  private AllowedSyntax(KnownNames names) {
    this.names = names;
  }

  /** True if the value is always the same. */
  static boolean check(Exp expression, KnownNames names) throws NotAllowed {
    AllowedSyntax check = new AllowedSyntax(names);
    check.visit(expression, 0);
    return check.isConstant;
  }

  private void visit(Object node, int depth) throws NotAllowed {
    if (depth > MOST_DEPTH) {
      throw new NotAllowed(
          "the expression has more than %d operations in a row. Put a part of it into a decision that this one requires."
              .formatted(MOST_DEPTH));
    }
    switch (node) {
      case Exp expression -> expression(expression, depth);
      case PositionalFunctionParameters parameters -> children(parameters, depth);
      case NamedFunctionParameters parameters -> children(parameters, depth);
      case ConstRangeBoundary boundary -> visit(boundary.value(), depth + 1);
      case Iterable<?> items -> each(items.iterator(), depth);
      case scala.Tuple2<?, ?> pair -> visit(pair._2(), depth);
      default -> {
        // A name, a number or a text.
      }
    }
  }

  private void expression(Exp expression, int depth) throws NotAllowed {
    if (!ALLOWED.contains(expression.getClass())) {
      throw new NotAllowed(
          WAYS_OUT.getOrDefault(
              expression.getClass(),
              "found %s, which is not evaluated here."
                  .formatted(expression.getClass().getSimpleName())));
    }
    switch (expression) {
      case Ref ref -> variable(ref);
      case FunctionInvocation call -> AllowedCalls.check(call);
      case ConstNumber number -> digits(number);
      case In in -> test(in.test());
      default -> {
        // Nothing to say but for what is in it.
      }
    }
    isConstant &= !(expression instanceof ConstInputValue$);
    if (expression instanceof Product product) {
      children(product, depth);
    }
  }

  private void children(Product product, int depth) throws NotAllowed {
    each(product.productIterator(), depth + 1);
  }

  private void each(Iterator<?> nodes, int depth) throws NotAllowed {
    while (nodes.hasNext()) {
      visit(nodes.next(), depth);
    }
  }

  private void variable(Ref ref) throws NotAllowed {
    isConstant = false;
    if (!names.has(ref.names().head())) {
      throw new NotAllowed(
          "the name \"%s\" is not known to this decision.%s"
              .formatted(ref.names().head(), names.hint(ref.names().head())));
    }
  }

  private static void digits(ConstNumber number) throws NotAllowed {
    if (number.value().bigDecimal().precision() > MOST_DIGITS) {
      throw new NotAllowed("a number has at most %d digits.".formatted(MOST_DIGITS));
    }
  }

  /** The library calls it a mistake if a value is not in such a list. */
  private static void test(Exp test) throws NotAllowed {
    if (test instanceof UnaryTestExpression one
        && (one.exp() instanceof ConstList || one.exp() instanceof Ref)) {
      throw new NotAllowed(
          "after \"in\" stand tests in round brackets, such as x in (\"A\", \"B\"). For a list write list contains(list, x).");
    }
  }
}
