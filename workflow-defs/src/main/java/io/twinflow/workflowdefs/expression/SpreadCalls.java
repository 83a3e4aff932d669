package io.twinflow.workflowdefs.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.ArrayLiteral;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.ElementGet;
import org.mozilla.javascript.ast.FunctionCall;
import org.mozilla.javascript.ast.KeywordLiteral;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.NewExpression;
import org.mozilla.javascript.ast.NodeVisitor;
import org.mozilla.javascript.ast.ParenthesizedExpression;
import org.mozilla.javascript.ast.PropertyGet;
import org.mozilla.javascript.ast.Spread;
import org.mozilla.javascript.ast.StringLiteral;

/**
 * Calls with spread arguments, which Rhino does not parse. {@code o.m(a, ...b)} becomes {@code
 * #method(o, "m")([a, ...b])}, {@code f(...b)} becomes {@code #function(f)([...b])} and {@code new
 * F(...b)} becomes {@code new (#constructor(F))([...b])}: what is called is evaluated before the
 * arguments, and each once, as ECMAScript 2015 says (13.3.6). A source in which something stays
 * unclear is refused with the parser's own error.
 */
final class SpreadCalls implements NodeVisitor {

  private final String code;
  private final Map<Integer, Map<Integer, Integer>> wanted;
  private final Map<FunctionCall, Map<Integer, Integer>> found = new LinkedHashMap<>();

  private SpreadCalls(String code, Map<Integer, Map<Integer, Integer>> wanted) {
    this.code = code;
    this.wanted = wanted;
  }

  /** The tree of the source, or null if it is not one that only has such calls in addition. */
  static @Nullable AstRoot parse(CompilerEnvirons environs, String name, String code) {
    Map<Integer, Map<Integer, Integer>> wanted =
        code.contains("...") ? SpreadArguments.of(code) : Map.of();
    if (wanted.isEmpty()) {
      return null;
    }
    AstRoot ast;
    try {
      ast =
          new Parser(environs, StopAtFirstError.INSTANCE)
              .parse(SpreadArguments.blanked(code, wanted), name, 1);
    } catch (EvaluatorException e) {
      // Something else is wrong too; the error of the source as it is written is told.
      return null;
    }
    SpreadCalls calls = new SpreadCalls(code, wanted);
    ast.visit(calls);
    if (calls.found.size() != wanted.size()) {
      return null;
    }
    calls.found.forEach(SpreadCalls::rewrite);
    return ast;
  }

  @Override
  public boolean visit(AstNode node) {
    if (node instanceof FunctionCall call) {
      Map<Integer, Integer> dots = wanted.get(call.getAbsolutePosition() + call.getLp());
      if (dots != null && isPlain(call) && areArguments(call.getArguments(), dots)) {
        found.put(call, dots);
      }
    }
    return VisitCatch.goOn(node, this);
  }

  private boolean areArguments(List<AstNode> arguments, Map<Integer, Integer> dots) {
    return dots.entrySet().stream()
        .allMatch(spread -> {
          int index = spread.getKey();
          int from = spread.getValue() + 3;
          if (index >= arguments.size()) {
            return false;
          }
          int to = arguments.get(index).getAbsolutePosition();
          return from <= to && WithoutText.of(code.substring(from, to)).isBlank();
        });
  }

  /** Whether nothing in the chain before the call may end it early, or has a meaning of its own. */
  private static boolean isPlain(FunctionCall call) {
    if (call.isOptionalCall()
        || (call instanceof NewExpression made && made.getInitializer() != null)) {
      return false;
    }
    AstNode link = call.getTarget();
    while (true) {
      if (link.getType() == Token.QUESTION_DOT
          || (link instanceof KeywordLiteral && link.getType() == Token.SUPER)) {
        return false;
      }
      switch (link) {
        case PropertyGet get -> link = get.getTarget();
        case ElementGet get -> link = get.getTarget();
        case ParenthesizedExpression inner -> link = inner.getExpression();
        case FunctionCall inner -> {
          if (inner.isOptionalCall()) {
            return false;
          }
          link = inner.getTarget();
        }
        default -> {
          return true;
        }
      }
    }
  }

  private static void rewrite(FunctionCall call, Map<Integer, Integer> dots) {
    AstNode target = call.getTarget();
    while (target instanceof ParenthesizedExpression inner) {
      target = inner.getExpression();
    }
    call.setTarget(
        switch (target) {
          case AstNode constructor when call instanceof NewExpression ->
              host(call, SpreadFunctions.CONSTRUCTOR, constructor);
          case PropertyGet get ->
              host(call, SpreadFunctions.METHOD, get.getTarget(), text(get.getProperty()));
          case ElementGet get ->
              host(call, SpreadFunctions.METHOD, get.getTarget(), get.getElement());
          default -> host(call, SpreadFunctions.FUNCTION, target);
        });
    ArrayLiteral list = at(call, new ArrayLiteral());
    List<AstNode> arguments = new ArrayList<>(call.getArguments());
    for (int i = 0; i < arguments.size(); i++) {
      AstNode argument = arguments.get(i);
      if (dots.containsKey(i)) {
        Spread spread = at(call, new Spread(0, 0));
        spread.setExpression(argument);
        list.addElement(spread);
      } else {
        list.addElement(argument);
      }
    }
    call.setArguments(List.of(list));
  }

  private static FunctionCall host(FunctionCall place, String name, AstNode... arguments) {
    FunctionCall host = at(place, new FunctionCall());
    host.setTarget(at(place, new Name(0, name)));
    host.setArguments(List.of(arguments));
    return host;
  }

  private static StringLiteral text(Name property) {
    StringLiteral literal = at(property, new StringLiteral());
    literal.setQuoteCharacter('"');
    literal.setValue(property.getIdentifier());
    return literal;
  }

  private static <T extends AstNode> T at(AstNode place, T node) {
    node.setLineColumnNumber(place.getLineno(), place.getColumn());
    return node;
  }
}
