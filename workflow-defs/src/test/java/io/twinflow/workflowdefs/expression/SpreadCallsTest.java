package io.twinflow.workflowdefs.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadCallsTest {

  private static final Evaluator EVALUATOR = Evaluators.standard();
  private static final ExpressionContext CONTEXT =
      Expressions.withJavaScript(
          Map.of(
              "l",
              new ListValue(
                  List.of(new IntegerValue(3), new IntegerValue(1), new IntegerValue(2)))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        // functions, methods, constructors
        "$(Math.max(...inputs.l))→3",
        "$(Math.max(7, ...inputs.l, 5))→7",
        "$([0].concat(...[[1], [2]], [3]))→[0,1,2,3]",
        "$('x'.concat(...inputs.l, '!'))→'x312!'",
        "$((function(a, b) { return [a, b, arguments.length]; })(...[4], ...'xy'))→[4,'x',3]",
        "$(new Date(...[2020, 5, 6]).getMonth())→5",
        "$(new Array(...[1, 2], ...[3]))→[1,2,3]",
        "${ function F(a, b) { this.s = a + b; } var o = {F: F}; return new o.F(...[1, 2]).s; }→3",
        "${ var o = {k: 5, m: function(...a) { return [this.k].concat(a); }}; return o.m(...[1], 2); }→[5,1,2]",
        "${ var o = {k: 5, m: function(a) { return this.k + a; }}; return o['m'](...[1]); }→6",
        "${ var o = {k: 5, m: function(a) { return this.k + a; }}; return (o.m)(...[1]); }→6",
        "${ var o = {a: {b: function() { return this === o.a; }}}; return o.a.b(...[]); }→true",
        "${ function f() { return this; } return f() === f(...[]); }→true",
        "${ var o = {f: function() { return this; }}; return (0, o.f)() === (0, o.f)(...[]); }→true",
        "${ var f = (a, b) => a * b; return f(...[3, 4]); }→12",
        "${ return [...'ab'].push(...[1, 2]); }→4",
        // what is spread
        "$([].concat(...'a𝒳'))→['a','𝒳']",
        "$([].concat(...new Set([1, 1, 2])))→[1,2]",
        "$([].concat(...new Map([[1, 2]])))→[1,2]",
        "${ function* g() { yield 1; yield 2; } return Math.min(...g()); }→1",
        "${ function f() { return arguments.length; } return f(...[], ...[]); }→0",
        "${ function f(a) { return [arguments.length, a === undefined]; } return f(...[,]); }→[1,true]",
        // nested, trailing comma, layout
        "$(Math.max(...[1, Math.min(...[7, 9])], ...[...[2]]))→7",
        "${ var f = (...x); return 1; }→refused",
        "$(Math.max(...inputs.l,))→3",
        "$(Math.max( /* ...a */ ... /* ( ) */ inputs.l /* , */))→3",
        "$(Math.max(... (inputs.l)))→3",
        "$(Math.max(...inputs.l.map(x => x * 2), ...(false || [9])))→9",
        "$(Math.max(...inputs.l.length ? inputs.l : [0]))→3",
        "$(`a${Math.max(...inputs.l)}b${`${Math.min(...[4, 5])}`}`)→'a3b4'",
        // dots that are no spread
        "$('f(...x)' + Math.max(...[1]))→'f(...x)1'",
        "$(`f(...x)` + Math.max(...[1]))→'f(...x)1'",
        "$(/a(...)/.test('abcd') && Math.max(...[1]))→1",
        "${ // f(...x)\\n return Math.max(...[1]); }→1",
        "${ function f(...r) { return r.length; } return f(...[1, 2], 3); }→3",
        "${ var o = {m(...r) { return r.length; }}; return o.m(...[1, 2]); }→2",
        "${ var {a, b} = {...{a: 1}, b: 2}; return Math.max(...[a, b]); }→2",
        // places
        "$(typeof Math.max(...[1]))→'number'",
        "$(-Math.max(...[1]) + Math.max(...[2]) * 3)→5",
        "$([Math.max(...[1])].length)→1",
        "$(inputs.l.slice(...[1]).map(String).join(...['-']).split(...['-']))→['1','2']",
        "${ if (Math.max(...[1])) { return 2; } return 3; }→2",
        "${ const x = Math.max(...[1]); let y = x; return x + y; }→2",
        "${ var o = {}; o.push = function(a) { return a; }; return o.push(...[8]) ? 1 : 0; }→1",
      })
  void callsWithSpreadArgumentsMeanWhatEcmaScriptSays(String text, String expected)
      throws Exception {
    String written = text.replace("\\n", "\n");
    if (expected.equals("refused")) {
      assertThat(Expressions.failure(EVALUATOR, written, CONTEXT)).isNotNull();
      return;
    }
    assertThat(EVALUATOR.evaluate(Expressions.text(written), CONTEXT))
        .isEqualTo(ValueJson.read(expected.replace('\'', '"')));
  }

  @Test
  void whatIsCalledIsEvaluatedBeforeTheArgumentsAndEachOnce() throws Exception {
    String text =
        """
        ${
          var log = [];
          function note(name, value) { log.push(name); return value; }
          var o = {get m() { log.push('get'); return function(a, b, c) { log.push(a + b + c); }; }};
          function list(name, items) {
            return {[Symbol.iterator]: function*() { for (var i of items) { log.push(name); yield i; } }};
          }
          note('o', o)[note('k', 'm')](note('a', 1), ...note('b', list('i', [2])), note('c', 3));
          o.m(...[log.length, o = null], 0);
          var f = function() { log.push('old'); };
          f(...[f = function() { log.push('new'); }]);
          var F = function() { log.push('F'); };
          new (note('n', F))(...[F = null]);
          return log.join();
        }\
        """;

    assertThat(EVALUATOR.evaluate(Expressions.text(text), CONTEXT))
        .isEqualTo(new StringValue("o,k,get,a,b,i,c,6,get,9,old,n,F"));
  }

  @Test
  void aConstructorThatIsCalledWithSpreadArgumentsMakesItsOwnKind() throws Exception {
    String text =
        """
        ${
          function P(x) { this.x = x; }
          P.prototype.twice = function() { return 2 * this.x; };
          var p = new P(...[4]);
          return [p instanceof P, p.twice(), p.constructor === P, Object.keys(p).join()];
        }\
        """;

    assertThat(EVALUATOR.evaluate(Expressions.text(text), CONTEXT))
        .isEqualTo(ValueJson.read("[true, 8, true, \"x\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(Math.max?.(...inputs.l))",
        "$(Math?.max(...inputs.l))",
        "$(inputs?.a.b(...inputs.l))",
        "$(inputs.a?.b.c.d(...inputs.l))",
        "$(((...a) => a.length)(...inputs.l))",
        "$(Math.max(... ...inputs.l))",
        "$(Math.max(...))",
        "$(Math.max(...,1))",
        "$(Math.max(...inputs.l)",
        "$(Math.max(...inputs.l, @))",
        "${ Math.max(...inputs.l)\n{ return 1; } }",
        "$((...inputs.l))",
      })
  void otherSpreadsAreRefused(String text) {
    assertThat(Expressions.failure(EVALUATOR, text, CONTEXT)).isNotNull();
  }

  @Test
  void anErrorAfterASpreadCallKeepsItsPlace() {
    ExpressionException error =
        Expressions.failure(EVALUATOR, "$(Math.max(...inputs.l) + nothing)", CONTEXT);

    assertThat(error).hasMessageContaining("nothing");
    assertThat(error.position().column()).isEqualTo(Expressions.START.column() + 26);
  }

  @Test
  void whatCannotBeCalledOrSpreadIsTold() {
    assertThat(Expressions.failure(EVALUATOR, "$(inputs.l.nothing(...inputs.l))", CONTEXT))
        .hasMessageContaining("nothing");
    assertThat(Expressions.failure(EVALUATOR, "$(inputs.x.y(...inputs.l))", CONTEXT))
        .hasMessageContaining("undefined");
    assertThat(Expressions.failure(EVALUATOR, "$(Math.max(...5))", CONTEXT)).isNotNull();
    assertThat(Expressions.failure(EVALUATOR, "$(new (inputs.l)(...[1]))", CONTEXT)).isNotNull();
  }

  @Test
  void endlessRecursionOverSpreadCallsEnds() {
    assertThat(
            Expressions.failure(
                EVALUATOR, "${ function f(...a) { return f(...a); } return f(1); }", CONTEXT))
        .hasMessageContaining("nested too deeply");
  }
}
