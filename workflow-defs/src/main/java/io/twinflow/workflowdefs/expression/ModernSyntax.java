package io.twinflow.workflowdefs.expression;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names the constructs of newer ECMAScript editions that the engine does not parse, and how to
 * write them instead. What is listed was found by trying; what is not listed and is in common use
 * does parse (arrow functions, let, const, for…of, destructuring, default and rest parameters,
 * template literals, generators, spread in arrays, objects and calls, {@code ?.}, {@code ??},
 * {@code **}).
 */
final class ModernSyntax {

  private record Construct(Pattern looksLike, String advice) {

    static Construct of(String regularExpression, String advice) {
      return new Construct(Pattern.compile(regularExpression), advice);
    }
  }

  private static final List<Construct> CONSTRUCTS =
      List.of(
          Construct.of(
              "\\b(async|await)\\b",
              "'async' and 'await' are not available, as expressions cannot wait; compute the value itself."),
          Construct.of(
              "\\bclass\\b(?!\\s*[:=)\\]'\"])",
              "Classes are not available; write a function that returns an object, such as 'function make(x) { return {x: x}; }'."),
          Construct.of(
              "\\b(import|export)\\b",
              "Modules are not available; put the code into expressionLib."),
          Construct.of("\\bnew\\s*\\.\\s*target\\b", "'new.target' is not available."),
          Construct.of(
              "\\(\\s*\\.\\.\\.\\s*\\w+\\s*\\)\\s*=>|,\\s*\\.\\.\\.\\s*\\w+\\s*\\)\\s*=>",
              "Rest parameters of arrow functions are not available; write 'function(...args) { return …; }'."),
          Construct.of(
              "\\(\\s*\\{[^{}()]*=[^{}()]*\\}[^()]*\\)\\s*=>",
              "Defaults within a destructured parameter of an arrow function are not available; write 'function({a = 1}) { return …; }'."),
          Construct.of(
              "\\[[^\\[\\]]*\\.\\.\\.\\s*\\w+\\s*]\\s*(=(?!=)|\\)\\s*=>|of\\b)",
              "A rest element in array destructuring is not available; write 'var rest = list.slice(1)'."),
          Construct.of(
              "\\{[^{}]*\\.\\.\\.\\s*\\w+\\s*}\\s*(=(?!=)|\\)\\s*=>|of\\b)",
              "Rest properties in object destructuring are not available; name the fields, or copy the object with {...o} and delete what is not wanted."),
          Construct.of(
              "[\\w)\\].]\\s*\\([^()]*\\.\\.\\.",
              "Spreading arguments is not available in a call such as this one; write 'f.apply(null, list)' instead of 'f(...list)'."));

  private ModernSyntax() {}

  static String advice(String code, int line, int column, String details) {
    String bare = WithoutText.of(code);
    List<String> lines = bare.lines().toList();
    // A construct on the line of the error is the likelier cause; some begin on a line before.
    String there = line <= lines.size() ? lines.get(line - 1) : "";
    for (String place : List.of(there, bare)) {
      for (Construct construct : CONSTRUCTS) {
        if (construct.looksLike().matcher(place).find()) {
          return construct.advice();
        }
      }
    }
    return details.equals("syntax error") && column == 0 ? "Check brackets and quotes." : "";
  }
}
