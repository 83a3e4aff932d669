package io.twinflow.workflowdefs.expression;

import static java.util.Map.entry;

import java.util.Map;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.ScriptableObject;

/** Which rule holds for which standard function. */
final class AllocationRules {

  private static final AllocationRule ALLOCATES_LITTLE = (call, budget) -> call;

  private static final Map<String, AllocationRule> STRINGS =
      Map.ofEntries(
          entry("repeat", StringRules::repeat),
          entry("padStart", StringRules::pad),
          entry("padEnd", StringRules::pad),
          entry("concat", StringRules::concat),
          entry("split", StringRules::takeApart),
          entry("match", StringRules::takeApart),
          entry("matchAll", StringRules::takeApart),
          entry("search", StringRules::takeApart),
          entry("normalize", StringRules::takeApart),
          entry("replace", ReplaceRule::string),
          entry("replaceAll", ReplaceRule::string));

  private static final Map<String, AllocationRule> REGULAR_EXPRESSIONS =
      Map.ofEntries(
          entry("Symbol.replace", ReplaceRule::regularExpression),
          entry("Symbol.split", StringRules::takeArgumentApart),
          entry("Symbol.match", StringRules::takeArgumentApart),
          entry("Symbol.matchAll", StringRules::takeArgumentApart),
          entry("compile", StringRules::pattern));

  private static final Map<String, AllocationRule> ARRAYS =
      Map.ofEntries(
          entry("join", ArrayRules::join),
          entry("toString", ArrayRules::join),
          entry("toLocaleString", ArrayRules::join),
          entry("concat", ArrayRules::concat),
          entry("flat", ArrayRules::flat));

  private static final Map<String, AllocationRule> STATIC =
      Map.ofEntries(
          entry("Array.from", ArrayRules::argumentItems),
          entry("Object.keys", ArrayRules::argumentItems),
          entry("Object.values", ArrayRules::argumentItems),
          entry("Object.entries", ArrayRules::argumentItems),
          entry("Object.assign", ArrayRules::argumentItems),
          entry("Object.getOwnPropertyNames", ArrayRules::argumentItems),
          entry("Object.getOwnPropertyDescriptors", ArrayRules::argumentItems),
          entry("Object.fromEntries", ArrayRules::argumentItems),
          entry("Object.groupBy", ArrayRules::argumentItems),
          entry("Object.defineProperty", SharedObjectRules::argument),
          entry("Object.defineProperties", SharedObjectRules::argument),
          entry("Object.setPrototypeOf", SharedObjectRules::argument),
          entry("Object.freeze", SharedObjectRules::argument),
          entry("Object.seal", SharedObjectRules::argument),
          entry("Object.preventExtensions", SharedObjectRules::argument),
          entry("Map.groupBy", ArrayRules::argumentItems),
          entry("String.raw", StringRules::raw),
          entry("JSON.parse", StringRules::takeArgumentApart),
          entry("JSON.stringify", StringifyRule::admit));

  private static final Map<String, AllocationRule> OBJECTS =
      Map.ofEntries(
          entry("__defineGetter__", SharedObjectRules::self),
          entry("__defineSetter__", SharedObjectRules::self));

  private AllocationRules() {}

  static AllocationRule of(ScriptableObject owner, Object key) {
    String name = key.toString();
    if (owner instanceof BaseFunction constructor && !constructor.getFunctionName().isEmpty()) {
      return STATIC.getOrDefault(constructor.getFunctionName() + "." + name, ALLOCATES_LITTLE);
    }
    return switch (owner.getClassName()) {
      case "Object" -> OBJECTS.getOrDefault(name, ALLOCATES_LITTLE);
      case "String" -> STRINGS.getOrDefault(name, ALLOCATES_LITTLE);
      case "Array" -> ARRAYS.getOrDefault(name, ArrayRules::items);
      case "JSON" -> STATIC.getOrDefault("JSON." + name, ALLOCATES_LITTLE);
      case "Function" -> name.equals("apply") ? ArrayRules::apply : ALLOCATES_LITTLE;
      default -> REGULAR_EXPRESSIONS.getOrDefault(name, ALLOCATES_LITTLE);
    };
  }
}
