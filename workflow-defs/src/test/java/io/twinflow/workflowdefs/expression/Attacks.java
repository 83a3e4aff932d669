package io.twinflow.workflowdefs.expression;

import java.util.List;

/** Expressions that would eat the memory or the time of the whole program. */
final class Attacks {

  /** The five that Rhino alone answers with an OutOfMemoryError at -Xmx256m. */
  static final List<String> KNOWN =
      List.of(
          "$('x'.repeat(1 << 28))",
          "$(Array(1 << 28).fill('x'))",
          "$(Array(1 << 28).join('xxxxxxxx'))",
          "${ var a = [1]; while (true) { a = a.concat(a); } }",
          "$('x'.padStart(1 << 28))");

  /** More ways to the same end. */
  static final List<String> MEMORY =
      List.of(
          "$('x'.padEnd(1 << 28, 'ab'))",
          "${ var s = 'x'; while (true) { s += s; } }",
          "${ var s = 'x'; for (var i = 0; i < 27; i++) { s = s + s; } return s.charAt(0); }",
          "${ var s = 'x'; for (var i = 0; i < 29; i++) { s = `${s}${s}`; } return s.charAt(0); }",
          "${ var o = {s: 'x'}; for (var i = 0; i < 29; i++) { o.s += o.s; } return o.s.charAt(0); }",
          "${ var o = ['x']; for (var i = 0; i < 29; i++) { o[0] += o[0]; } return o[0].charAt(0); }",
          "${ var s = 'x'; while (true) { s = s.concat(s); } }",
          "${ var s = 'x'.repeat(1000); while (true) { s = s.concat(s, s, s, s, s, s, s, s); } }",
          "${ var a = []; while (true) { a.push('x'.repeat(1000) + a.length); } }",
          "${ var a = [1]; while (true) { a.push.apply(a, a); } }",
          "${ var a = [1]; while (true) { a = [...a, ...a]; } }",
          "${ var a = []; a.length = 4294967295; return a.join(); }",
          "${ var a = []; a.length = 4294967295; return a.sort(); }",
          "${ var a = []; a.length = 4294967295; return a.indexOf(1); }",
          "${ var a = []; a.length = 4294967295; return [...a]; }",
          "${ var a = []; a.length = 4294967295; return a; }",
          "${ var a = []; a.length = 4294967295; return new Set(a).size; }",
          "$(Array.prototype.indexOf.call({length: 9007199254740991}, 1))",
          "$(Array.prototype.join.call({length: 9007199254740991}, 'x'))",
          "$(Array.prototype.fill.call({length: 9007199254740991}, 'x'))",
          "${ var n = 0; return Array.prototype.indexOf.call({get length() { return n++ ? 9007199254740991 : 1; }}, 1); }",
          "${ var n = 0; return 'x'.repeat({valueOf() { return n++ ? 1 << 28 : 1; }}) + 'x'.repeat(1 << 28); }",
          "$(Array.from({length: 1 << 28}))",
          "$(Array.from({length: 1 << 28}, (_, i) => 'x' + i))",
          "$(Array.apply(null, {length: 1 << 28}))",
          "$(String.raw({raw: {length: 9007199254740991}}))",
          "$(JSON.stringify(Array(1000000).fill('x'.repeat(1000))))",
          "$(JSON.stringify(Array(100000).fill(Array(100).fill(1)), null, 10))",
          "${ var a = [1]; for (var i = 0; i < 40; i++) { a = [a, a]; } return JSON.stringify(a); }",
          "${ var a = [1]; for (var i = 0; i < 40; i++) { a = [a, a]; } return String(a); }",
          "${ var a = [1]; for (var i = 0; i < 40; i++) { a = [a, a]; } return a; }",
          "${ var a = [1]; for (var i = 0; i < 40; i++) { a = [a, a]; } return a.flat(Infinity); }",
          "${ var a = {b: 1}; for (var i = 0; i < 40; i++) { a = {b: a, c: a}; } return JSON.stringify(a, ['b', 'c']); }",
          "$('x'.repeat(1000000).replace(/x/g, 'y'.repeat(100000)))",
          "$('x'.repeat(1000000).replace(/x/g, '$`'))",
          "$('x'.repeat(1000000).replaceAll('x', 'y'.repeat(100000)))",
          "$('x'.repeat(1000000).replace(/x/g, () => 'y'.repeat(100000)))",
          "$(/x/g[Symbol.replace]('x'.repeat(1000000), 'y'.repeat(100000)))",
          "${ var a = []; while (true) { a.push('x'.repeat(1000000).split('')); } }",
          "${ var a = []; while (true) { a.push('x'.repeat(1000000).match(/./g)); } }",
          "${ var a = []; while (true) { a.push(Object.keys('x'.repeat(1000000))); } }",
          "${ var a = []; while (true) { a.push('x'.repeat(1000000).toUpperCase()); } }",
          "${ var a = []; while (true) { a.push([...'x'.repeat(1000000)]); } }",
          "${ var a = []; while (true) { a.push({...'x'.repeat(1000000)}); } }",
          "${ var a = []; while (true) { for (var k in 'x'.repeat(1000000)) { a.push(k); } } }",
          "${ var a = []; while (true) { a.push(new RegExp('a*'.repeat(1000000))); } }",
          "${ var a = []; while (true) { a.push(encodeURIComponent('\\u20ac'.repeat(1000000))); } }",
          "${ var a = []; while (true) { a.push('\\ufdfa'.repeat(1000000).normalize('NFKD')); } }",
          "${ var a = []; while (true) { a.push(JSON.parse('[' + '1,'.repeat(1000000) + '1]')); } }",
          "${ var m = new Map(); var i = 0; while (true) { m.set(i++, i); } }",
          "${ var o = {}; var i = 0; while (true) { o['k' + i++] = i; } }",
          "${ var a = []; while (true) { a = a.concat(Array(100000).fill(1)); } }",
          "${ function* g() { while (true) { yield 'x'.repeat(1000); } } return [...g()]; }",
          "${ function* g() { while (true) { yield 'x'.repeat(1000); } } return Array.from(g()); }",
          "${ var f = x => [x]; while (true) { f = f.bind(null, f, f, f); } }",
          "${ var e = new Error('x'); while (true) { e = new Error(String(e) + String(e)); } }");

  /** Those that run for ever. */
  static final List<String> TIME =
      List.of(
          "${ while (true) {} }",
          "${ for (;;) { try { for (;;) {} } catch (e) {} finally { continue; } } }",
          "$(/(a+)+$/.test('a'.repeat(40) + 'b'))",
          "$('a'.repeat(40).replace(/(a|a)*$/, '') + /(.*)*x/.test('a'.repeat(60)))",
          "${ var a = [2, 1]; a.sort(function() { while (true) {} }); }",
          "${ return {toString: function() { while (true) {} }} + ''; }",
          "${ return JSON.stringify({toJSON: function() { while (true) {} }}); }",
          "${ function* g() { while (true) { yield 1; } } for (var x of g()) {} }");

  /** Those that call themselves without end. */
  static final List<String> DEPTH =
      List.of(
          "${ function f() { return 1 + f(); } return f(); }",
          "${ function f() { return f(); } return f(); }",
          "${ function f() { return g(); } function g() { return 1 ? f() : 2; } return f(); }",
          "${ var f = () => f(); return f(); }",
          "${ function f() { return f.call(null); } return f(); }",
          "${ function f() { return (0, f)(); } return f(); }",
          "${ function f() { return true && f(); } return f(); }",
          "${ function f() { return f?.(); } return f(); }",
          "${ function f() { return [1].map(f); } return f(); }",
          "${ var o = {toString: function() { return '' + o; }}; return '' + o; }",
          "${ var o = {get x() { return o.x; }}; return o.x; }",
          "${ var a = []; for (var i = 0; i < 100000; i++) { a = [a]; } return a; }",
          "${ var a = []; for (var i = 0; i < 100000; i++) { a = [a]; } return JSON.stringify(a); }",
          "${ var a = []; for (var i = 0; i < 100000; i++) { a = [a]; } return String(a); }",
          "$(JSON.parse('['.repeat(100000)))",
          "$(new RegExp('('.repeat(20000)))");

  private Attacks() {}
}
