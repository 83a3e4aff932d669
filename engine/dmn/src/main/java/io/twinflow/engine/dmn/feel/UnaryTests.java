package io.twinflow.engine.dmn.feel;

import java.util.ArrayList;
import java.util.List;
import org.camunda.feel.impl.interpreter.ValComparator;
import org.camunda.feel.syntaxtree.AtLeastOne;
import org.camunda.feel.syntaxtree.ConstBool;
import org.camunda.feel.syntaxtree.ConstDate;
import org.camunda.feel.syntaxtree.ConstNumber;
import org.camunda.feel.syntaxtree.ConstString;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.InputEqualTo;
import org.camunda.feel.syntaxtree.InputGreaterOrEqual;
import org.camunda.feel.syntaxtree.InputGreaterThan;
import org.camunda.feel.syntaxtree.InputInRange;
import org.camunda.feel.syntaxtree.InputLessOrEqual;
import org.camunda.feel.syntaxtree.InputLessThan;
import org.camunda.feel.syntaxtree.Not;
import org.camunda.feel.syntaxtree.PathExpression;
import org.camunda.feel.syntaxtree.Ref;
import org.camunda.feel.syntaxtree.UnaryTestExpression;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValNull$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tests of one value, of which one must hold (DMN 1.5, section 7.3.3). Written here as the library
 * reports mistakes for tests that simply do not hold, and takes {@code not(true)} for not false.
 */
public final class UnaryTests {

  private static final ValComparator COMPARATOR = new ValComparator(Values.MAPPER);

  private final Expression tests;

  UnaryTests(Expression tests) {
    this.tests = tests;
  }

  public String text() {
    return tests.text();
  }

  /** An ordering or interval holds for no null; an equal value may be null. */
  public boolean hold(Val tested, Scope scope) throws Impossible {
    return holds(tests.tree(), tested, scope.testing(tested));
  }

  /** The values that are listed one by one; empty if something else is tested. */
  public List<Val> listed() throws Impossible {
    List<Val> found = new ArrayList<>();
    for (Exp test : parts(tests.tree())) {
      if (!(test instanceof UnaryTestExpression one) || !tests.isConstant()) {
        return List.of();
      }
      found.add(Evaluate.value(one.exp(), Scope.EMPTY));
    }
    return found;
  }

  /** Values that are compared with, as far as they never change. */
  public List<Val> constants() throws Impossible {
    List<Val> found = new ArrayList<>();
    for (Exp test : parts(tests.tree() instanceof Not not ? not.x() : tests.tree())) {
      switch (test) {
        case InputLessThan less -> constant(less.x(), found);
        case InputLessOrEqual less -> constant(less.x(), found);
        case InputGreaterThan more -> constant(more.x(), found);
        case InputGreaterOrEqual more -> constant(more.x(), found);
        case InputEqualTo equal -> constant(equal.x(), found);
        case InputInRange in -> {
          constant(in.range().start().value(), found);
          constant(in.range().end().value(), found);
        }
        case UnaryTestExpression one -> constant(one.exp(), found);
        default -> {
          // Has parts that change.
        }
      }
    }
    return found;
  }

  private static void constant(Exp expression, List<Val> found) throws Impossible {
    switch (expression) {
      case ConstNumber ignored -> found.add(Evaluate.value(expression, Scope.EMPTY));
      case ConstString ignored -> found.add(Evaluate.value(expression, Scope.EMPTY));
      case ConstBool ignored -> found.add(Evaluate.value(expression, Scope.EMPTY));
      case ConstDate ignored -> found.add(Evaluate.value(expression, Scope.EMPTY));
      default -> {
        // Its type is known when it is evaluated.
      }
    }
  }

  private static List<Exp> parts(Exp test) {
    return test instanceof AtLeastOne several
        ? CollectionConverters.asJava(several.xs())
        : List.of(test);
  }

  private static boolean holds(Exp test, Val tested, Scope scope) throws Impossible {
    return switch (test) {
      case AtLeastOne several -> any(CollectionConverters.asJava(several.xs()), tested, scope);
      case Not not -> !holds(not.x(), tested, scope);
      case UnaryTestExpression one -> expression(one.exp(), tested, scope);
      case ConstBool always -> always.value();
      case Exp comparison ->
          !(tested instanceof ValNull$)
              && Evaluate.value(comparison, scope) instanceof ValBoolean truth
              && truth.value();
    };
  }

  private static boolean any(List<Exp> tests, Val tested, Scope scope) throws Impossible {
    for (Exp test : tests) {
      if (holds(test, tested, scope)) {
        return true;
      }
    }
    return false;
  }

  private static boolean expression(Exp expression, Val tested, Scope scope) throws Impossible {
    Val value = Evaluate.value(expression, scope);
    if (value instanceof ValBoolean truth && !isValue(expression)) {
      return truth.value();
    }
    if (value instanceof ValList list && !(tested instanceof ValList)) {
      return CollectionConverters.asJava(list.itemsAsSeq()).stream()
          .anyMatch(item -> COMPARATOR.equals(tested, item));
    }
    return equal(tested, value);
  }

  /** Whether a truth stands for itself, and is no test. */
  private static boolean isValue(Exp expression) {
    return expression instanceof ConstBool
        || expression instanceof Ref
        || expression instanceof PathExpression;
  }

  private static boolean equal(Val tested, Val value) throws Impossible {
    return switch (COMPARATOR.compare(tested, value)) {
      case ValBoolean truth -> truth.value();
      case Val other ->
          throw new Impossible(
              "expected a %s to compare with, found the %s %s"
                  .formatted(FeelType.of(value), FeelType.of(tested), tested));
    };
  }

  /** Whether two values are the same to FEEL. */
  public static boolean same(Val left, Val right) {
    return COMPARATOR.equals(left, right);
  }
}
