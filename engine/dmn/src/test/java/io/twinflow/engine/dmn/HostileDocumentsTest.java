package io.twinflow.engine.dmn;

import static io.twinflow.engine.dmn.Documents.assertProblems;
import static io.twinflow.engine.dmn.Documents.decide;
import static io.twinflow.engine.dmn.Documents.definitions;
import static io.twinflow.engine.dmn.Documents.impossible;
import static io.twinflow.engine.dmn.Documents.literal;
import static io.twinflow.engine.dmn.Documents.refused;
import static io.twinflow.engine.dmn.Documents.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.ListValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of somebody who wants the server's memory, time, files or Java. */
class HostileDocumentsTest {

  private static final String OUTPUT = "<output name=\"alarm\"/>";

  @Test
  void documentTypesAndEntitiesAreRefused(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "7f3a-secret");
    String fine = literal("1");
    for (String type :
        new String[] {
          "<!DOCTYPE definitions>",
          "<!DOCTYPE definitions [<!ENTITY s SYSTEM \"" + secret.toUri() + "\">]>",
          "<!DOCTYPE definitions [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        }) {
      assertProblems(type + fine, "a.dmn:1:1: found a document type definition");
    }
    assertThat(refused(fine.replace("<text>1", "<text>&s;")).getMessage()).doesNotContain("7f3a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          function(x) external { java: { class: "java.lang.Runtime", method signature: "exec(String)" } } | found "function": functions cannot be defined here, and Java is never called.
          for i in 1..1000000000 return i              | found "for": loops are not evaluated
          some x in [1] satisfies x = 1                | found "some": loops are not evaluated
          every x in [1] satisfies x = 1               | found "every": loops are not evaluated
          (function() 1)()                             | found "function"
          [1, 2][item > 1]                             | filters and indexes are not evaluated
          {f: function(x) f(x)}                        | found {: contexts are not evaluated
          {a: 1}                                       | found {: contexts are not evaluated
          9**9**9**9**9                                | powers are not evaluated
          level ** 2                                   | powers are not evaluated
          99999999999999999999999999999999999          | a number has at most 34 digits
          matches("aaaa", "(a*)*b")                    | the function "matches" is not evaluated here: regular expressions can run long
          replace("a", "a", "b")                       | the function "replace" is not evaluated here
          split("a b", " ")                            | the function "split" is not evaluated here
          now()                                        | the function "now" is not evaluated here: decisions must be repeatable
          today()                                      | the function "today" is not evaluated here
          random number()                              | the function "random number" is not evaluated here
          @"2026-01-01"                                | found @: write date("…")
          level instance of number                     | found "instance"
          get value(level, "class")                    | the function "get value" is not evaluated here
          level.getClass()                             | found QualifiedFunctionInvocation, which is not evaluated here
          from json("[]")                              | the function "from json" is not evaluated here
          duplicate values([1, 1])                     | the function "duplicate values" is not evaluated here
          cellInput                                    | the name "cellInput" is not known to this decision
          ((((((((1))))))))                            | brackets stand more than 6 deep
          ((((((                                       | brackets do not match
          level ]1..5[                                 | brackets do not match
          1 // comment                                 | found a comment
          "open                                        | a text that begins with " does not end
          level in [1, 2]                              | for a list write list contains
          level in Name of Place                       | For a list write list contains(list, x)
          date("2026-02-30")                           | "2026-02-30" is no date
          floor(1, 2, 3)                               | the function "floor" does not take these arguments
          """)
  void whatCouldRunLongOrReachOutIsRefused(String expression, String why) {
    var refused = refused(literal(expression));
    assertThat(refused).as(expression).isNotNull();
    assertThat(refused.problems()).as(refused.getMessage()).hasSize(1);
    assertThat(refused.problems().getFirst().toString()).containsIgnoringCase(why);
  }

  @Test
  void lengthsAreBounded() {
    assertProblems(
        literal("\"" + "a".repeat(1_000) + "\""),
        "a.dmn:9:26: an expression has at most 1,000 characters, this one has 1,002.");
    assertProblems(literal("1" + "+1".repeat(200)), "more than 100 operations in a row");
    assertProblems(
        literal("if level > 1 then 1 else ".repeat(21) + "1"),
        "found \"if\" and \"in\" more than 20 times. Write a decision table.");
    assertProblems(literal("level in ".repeat(21) + "1"), "more than 20 times");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= 200; i++) {
      many.append(decisionOf("d" + i, "1", i == 0 ? null : "d" + (i - 1)));
    }
    assertProblems(
        definitions(many.toString()), "a document has at most 200 decisions, this one has 201.");
  }

  @Test
  void whatTheParserTriesAgainAndAgainIsNotParsed() {
    assertProblems(
        literal("if (".repeat(6) + "if ".repeat(14) + "1" + ")".repeat(6)),
        "a.dmn:9:26: the expression is too long for brackets that stand 6 deep in each other");
  }

  /** The parser looks at each part again for every bracket around it. */
  @Test
  void allExpressionsTogetherAreBounded() {
    String slow = "(".repeat(6) + "+1".repeat(300) + ")".repeat(6);
    String[] rules = new String[200];
    java.util.Arrays.fill(rules, "-=>" + slow);
    assertThat(refused(table("", OUTPUT, rules)).getMessage())
        .contains("the document has too many long expressions with many brackets to be read");
  }

  /** Each type has the one before it in two places, and a chain is followed to its end. */
  @Test
  void typesThatHoldEachOtherAreBounded() throws Exception {
    StringBuilder types = new StringBuilder();
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      types.append(
          "<itemDefinition name=\"t%d\"><itemComponent name=\"a\"><typeRef>t%d</typeRef></itemComponent><itemComponent name=\"b\"><typeRef>t%d</typeRef></itemComponent></itemDefinition>"
              .formatted(i + 1, i, i));
    }
    types.append("<itemDefinition name=\"t0\"><typeRef>string</typeRef></itemDefinition>");
    for (int i = 5_000; i > 0; i--) {
      chain.append(
          "<itemDefinition name=\"c%d\"><typeRef>c%d</typeRef></itemDefinition>"
              .formatted(i, i - 1));
    }
    String typed =
        literal("level")
            .replace("name=\"level\" typeRef=\"number\"", "name=\"level\" typeRef=\"t40\"");
    assertThat(decide(typed.replace("</definitions>", types + "</definitions>")).isNothing())
        .isFalse();
    assertThat(
            refused(literal("1").replace("</definitions>", chain + "</definitions>")).getMessage())
        .contains("types stand for each other more than 50 deep here.");
  }

  @Test
  void namesWithSpacesAreBounded() {
    StringBuilder components = new StringBuilder("<itemDefinition name=\"t\">");
    for (int i = 0; i <= 1_000; i++) {
      components.append(
          "<itemComponent name=\"a a %d\"><typeRef>string</typeRef></itemComponent>".formatted(i));
    }
    assertProblems(
        literal("1").replace("</definitions>", components + "</itemDefinition></definitions>"),
        "a.dmn:1:1: a document has at most 1000 names of components and outputs, this one has 1001.");
  }

  @Test
  void intervalsAreNotCountedOut() throws Exception {
    String huge = "[-9999999999999999999999..9999999999999999999999]";
    assertThat(decide(table("", OUTPUT, huge + "=> 1"), "level", 3).isNothing()).isFalse();
  }

  @Test
  void numbersFromOutsideAreBounded() {
    assertThat(impossible(literal("floor(level)"), "level", new BigDecimal("1E+9999")))
        .hasMessageContaining("expected a number of at most 400 digits");
    assertThat(impossible(literal("level * level * level"), "level", new BigDecimal("1E+390")))
        .hasMessageContaining("expected a number of at most 400 digits");
  }

  /** Each decision could double the text, or the list, of the one before it. */
  @Test
  void decisionsCannotMakeEachOthersValuesEverLonger() {
    StringBuilder chain = new StringBuilder(decisionOf("d0", "\"0123456789\"", null));
    StringBuilder lists = new StringBuilder(decisionOf("d0", "[1, 2]", null));
    for (int i = 1; i < 40; i++) {
      String before = "d" + (i - 1);
      chain.append(decisionOf("d" + i, before + " + " + before, before));
      lists.append(decisionOf("d" + i, "[" + before + ", " + before + "]", before));
    }
    assertThat(impossible(definitions(chain.toString())))
        .hasMessageContaining("expected a text of at most 10,000 characters");
    assertThat(impossible(definitions(lists.toString())))
        .hasMessageContaining("a value has at most 10,000 items and fields here");
  }

  private static String decisionOf(String id, String expression, String required) {
    return "<decision id=\"%s\" name=\"%s\">%s<literalExpression><text>%s</text></literalExpression></decision>"
        .formatted(
            id,
            id,
            required == null
                ? ""
                : "<informationRequirement><requiredDecision href=\"#%s\"/></informationRequirement>"
                    .formatted(required),
            Documents.escaped(expression));
  }

  @Test
  void textsAndListsFromOutsideAreBounded() {
    assertThat(impossible(literal("Name of Place"), "Name of Place", "a".repeat(10_001)))
        .hasMessageContaining("expected a text of at most 10,000 characters");
    assertThat(
            impossible(
                literal("level").replace("name=\"level\" typeRef=\"number\"", "name=\"level\""),
                "level",
                new ListValue(Collections.nCopies(10_001, Documents.value(1)))))
        .hasMessageContaining("a value has at most 10,000 items");
    assertThat(
            impossible(
                literal("contains(Name of Place + Name of Place, \"b\")"),
                "Name of Place",
                "a".repeat(9_000)))
        .hasMessageContaining("expected a text of at most 10,000 characters");
  }

  static List<String> deepExpressions() {
    return List.of(
        "((((((level))))))",
        "level" + " + 1".repeat(95),
        "level = 1" + " and true".repeat(95),
        "level = 2" + " or false".repeat(94) + " or true",
        "if false then 1 else ".repeat(20) + "level",
        "level in (1, level in (2, level in (3, level)))",
        "max(max(max(max(max(max(level))))))",
        "not(not(not(not(not(not(level = 1" + " and true".repeat(80) + "))))))");
  }

  /** As deep as is allowed, with half the stack that a thread usually has. */
  @ParameterizedTest
  @MethodSource("deepExpressions")
  void depthsThatAreAllowedFitIntoASmallStack(String expression) throws Exception {
    AtomicReference<Object> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.set(decide(literal(expression), "level", 1));
              } catch (Exception | StackOverflowError e) {
                result.set(e);
              }
            },
            "small stack",
            512 << 10);
    thread.start();
    thread.join();
    assertThat(result.get()).isInstanceOf(Decided.class);
  }

  @Test
  void anInterruptStopsAnEvaluation() {
    Thread.currentThread().interrupt();
    assertThat(impossible(literal("level + 1"), "level", 1))
        .hasMessageContaining("the evaluation was interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
