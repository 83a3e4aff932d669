package io.twinflow.workflowdefs.bpmn.expression;

import io.twinflow.workflowdefs.bpmn.expression.Term.BinaryOperator;
import io.twinflow.workflowdefs.bpmn.expression.Term.UnaryOperator;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Numbers;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one expression by descent; its operators bind as in the expression language of Java. */
final class ReadTerm {

  /** Deeper ones are written to overflow a stack. */
  private static final int DEEPEST = 100;

  /** The operators that bind alike, from the loosest on. */
  private static final List<List<BinaryOperator>> LEVELS =
      List.of(
          List.of(BinaryOperator.OR),
          List.of(BinaryOperator.AND),
          List.of(BinaryOperator.EQUAL, BinaryOperator.UNEQUAL),
          List.of(
              BinaryOperator.LESS_OR_EQUAL,
              BinaryOperator.LESS,
              BinaryOperator.GREATER_OR_EQUAL,
              BinaryOperator.GREATER),
          List.of(BinaryOperator.PLUS, BinaryOperator.MINUS),
          List.of(BinaryOperator.TIMES, BinaryOperator.DIVIDED, BinaryOperator.REMAINDER));

  private final List<Word> words;
  private int at;
  private int depth;

  private ReadTerm(List<Word> words) {
    this.words = words;
  }

  /**
   * @param words with the end as the last of them
   */
  static Term of(List<Word> words) throws Mistake {
    ReadTerm reader = new ReadTerm(words);
    Term term = reader.choice();
    Word rest = reader.word();
    if (rest.kind() != Word.Kind.END) {
      throw new Mistake(
          rest.offset(), "expected an operator or the end, found \"%s\".".formatted(rest.text()));
    }
    return term;
  }

  private Term choice() throws Mistake {
    deeper();
    Term condition = binary(0);
    if (take("?")) {
      Term yes = choice();
      expect(":", "between the two values of \"?\"");
      condition = new Term.Choice(condition, yes, choice());
    }
    depth--;
    return condition;
  }

  private Term binary(int level) throws Mistake {
    if (level == LEVELS.size()) {
      return unary();
    }
    Term left = binary(level + 1);
    int operators = 0;
    for (BinaryOperator operator = operator(level); operator != null; operator = operator(level)) {
      if (++operators > DEEPEST) {
        throw tooDeep();
      }
      left = new Term.Binary(operator, left, binary(level + 1));
    }
    return left;
  }

  private @Nullable BinaryOperator operator(int level) {
    for (BinaryOperator operator : LEVELS.get(level)) {
      if (take(operator.sign())) {
        return operator;
      }
    }
    return null;
  }

  private Term unary() throws Mistake {
    deeper();
    Term term = unaryOrMember();
    depth--;
    return term;
  }

  private Term unaryOrMember() throws Mistake {
    if (take("!")) {
      return new Term.Unary(UnaryOperator.NOT, unary());
    }
    if (take("-")) {
      return new Term.Unary(UnaryOperator.MINUS, unary());
    }
    if (word().kind() == Word.Kind.NAME && word().text().equals("empty")) {
      at++;
      return new Term.Unary(UnaryOperator.EMPTY, unary());
    }
    return members();
  }

  private Term members() throws Mistake {
    Term term = primary();
    for (int members = 0; ; members++) {
      if (members > DEEPEST) {
        throw tooDeep();
      }
      if (take(".")) {
        Word name = word();
        if (name.kind() != Word.Kind.NAME) {
          throw expected("the name of a field after \".\"");
        }
        at++;
        term = new Term.Member(term, new Term.Constant(new StringValue(name.text())));
      } else if (take("[")) {
        term = new Term.Member(term, choice());
        expect("]", "after the index");
      } else if (word().is("(")) {
        throw new Mistake(
            word().offset(),
            "found a call, and expressions of a process call nothing. Let a step of a workflow work it out and map its output to a variable.");
      } else {
        return term;
      }
    }
  }

  private Term primary() throws Mistake {
    Word word = word();
    return switch (word.kind()) {
      case STRING -> constant(new StringValue(word.text()));
      case NUMBER ->
          constant(
              word.text().contains(".")
                  ? Numbers.decimal(word.text())
                  : Numbers.whole(word.text()));
      case NAME -> {
        at++;
        yield named(word.text());
      }
      case SIGN -> inBrackets();
      case END -> throw expectedOperand();
    };
  }

  private Term constant(Value value) {
    at++;
    return new Term.Constant(value);
  }

  private Term inBrackets() throws Mistake {
    if (!take("(")) {
      throw expectedOperand();
    }
    Term inner = choice();
    expect(")", "to close the bracket");
    return inner;
  }

  private Mistake expectedOperand() {
    return expected("a variable, a number, a text or a bracket");
  }

  private static Term named(String name) {
    return switch (name) {
      case "true" -> new Term.Constant(BooleanValue.TRUE);
      case "false" -> new Term.Constant(BooleanValue.FALSE);
      case "null" -> new Term.Constant(NullValue.NULL);
      default -> new Term.Variable(name);
    };
  }

  private Word word() {
    return words.get(at);
  }

  private boolean take(String sign) {
    if (!word().is(sign)) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(String sign, String where) throws Mistake {
    if (!take(sign)) {
      throw expected("\"%s\" %s".formatted(sign, where));
    }
  }

  private Mistake expected(String what) {
    return new Mistake(
        word().offset(), "expected %s, found \"%s\".".formatted(what, word().text()));
  }

  private void deeper() throws Mistake {
    if (++depth > DEEPEST) {
      throw tooDeep();
    }
  }

  private Mistake tooDeep() {
    return new Mistake(
        word().offset(),
        "the expression has more than %d levels. Write it as several conditions."
            .formatted(DEEPEST));
  }
}
