package io.twinflow.workflowdefs.expression;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EcmaError;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.SymbolKey;
import org.mozilla.javascript.Undefined;

/**
 * Puts a guard around each function that the standard objects offer, and seals them all. Guards are
 * needed as Rhino counts instructions of scripts, not the work of its own functions.
 */
final class GuardStandardObjects {

  /** Makes one of each iterator; their prototypes are reached in no other way. */
  private static final List<String> ITERATORS =
      List.of(
          "[][Symbol.iterator]()",
          "''[Symbol.iterator]()",
          "new Map().entries()",
          "new Set().values()",
          "'a'.matchAll(/a/g)",
          "(function*(){})()");

  private static final Set<String> HANDS_OFF = Set.of("__proto__", "caller", "arguments");

  private final ScriptableObject scope;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<ScriptableObject> open = new ArrayDeque<>();
  private final Deque<ScriptableObject> toSeal = new ArrayDeque<>();

  private GuardStandardObjects(ScriptableObject scope) {
    this.scope = scope;
  }

  static void in(Context context, ScriptableObject scope) {
    GuardStandardObjects work = new GuardStandardObjects(scope);
    work.enter(scope);
    for (String iterator : ITERATORS) {
      Object made =
          CompileScript.compile(context, "iterator", iterator).exec(context, scope, scope);
      Scriptable prototype = ((Scriptable) made).getPrototype();
      while (prototype != null) {
        work.enter(prototype);
        prototype = prototype.getPrototype();
      }
    }
    work.guardPrototypeSetter(context);
    while (!work.open.isEmpty()) {
      work.visit(work.open.removeFirst());
    }
    for (ScriptableObject shared : work.toSeal) {
      if (shared instanceof NativeArray prototype) {
        prototype.setAttributes(
            "length",
            ScriptableObject.DONTENUM | ScriptableObject.READONLY | ScriptableObject.PERMANENT);
      }
      shared.sealObject();
    }
  }

  /** Rhino's seal does not stop an assignment to {@code __proto__}. */
  private void guardPrototypeSetter(Context context) {
    String accessor = "Object.getOwnPropertyDescriptor(Object.prototype, '__proto__').set";
    Callable setter =
        (Callable) CompileScript.compile(context, "accessor", accessor).exec(context, scope, scope);
    ScriptableObject root = (ScriptableObject) ScriptableObject.getObjectPrototype(scope);
    root.delete("__proto__");
    root.defineProperty(
        context,
        "__proto__",
        Scriptable::getPrototype,
        (self, value) -> {
          SharedObjectRules.refuseShared(self);
          setter.call(Context.getCurrentContext(), scope, self, new Object[] {value});
        },
        ScriptableObject.DONTENUM);
  }

  private void enter(Object candidate) {
    if (candidate instanceof ScriptableObject object && seen.add(object)) {
      open.add(object);
      toSeal.add(object);
    }
  }

  private void visit(ScriptableObject owner) {
    enter(owner.getPrototype());
    for (Object id : owner.getAllIds()) {
      if (id instanceof String name && !HANDS_OFF.contains(name)) {
        replace(owner, name, read(owner, name), owner.getAttributes(name));
      }
    }
    for (SymbolKey symbol :
        List.of(
            SymbolKey.ITERATOR,
            SymbolKey.MATCH,
            SymbolKey.MATCH_ALL,
            SymbolKey.REPLACE,
            SymbolKey.SEARCH,
            SymbolKey.SPLIT)) {
      if (owner.has(symbol, owner)) {
        replace(owner, symbol, owner.get(symbol, owner), owner.getAttributes(symbol));
      }
    }
  }

  /** The property's value, or undefined for one that is computed from an instance. */
  private static Object read(ScriptableObject owner, String name) {
    try {
      return owner.get(name, owner);
    } catch (EcmaError e) {
      // A prototype is no instance; such a property holds no function that could be guarded.
      return Undefined.instance;
    }
  }

  private void replace(ScriptableObject owner, Object key, Object value, int attributes) {
    if (!(value instanceof BaseFunction function)
        || value instanceof Guarded
        || isConstructor(owner, key)
        || keepsItsIdentity(owner, key)) {
      enter(value);
      return;
    }
    String name = function.getFunctionName();
    Guarded guarded = new Guarded(scope, name, function, AllocationRules.of(owner, key));
    if (key instanceof Symbol symbol) {
      owner.put(symbol, owner, guarded);
    } else {
      owner.setAttributes((String) key, ScriptableObject.DONTENUM);
      owner.put((String) key, owner, guarded);
      owner.setAttributes((String) key, attributes);
    }
    enter(guarded);
  }

  /**
   * Rhino knows these by identity: it runs call without leaving its loop, and replaces much faster
   * while exec is its own. They allocate little themselves.
   */
  private static boolean keepsItsIdentity(ScriptableObject owner, Object key) {
    return key.equals("constructor")
        || (key.equals("call") && owner instanceof BaseFunction)
        || (key.equals("exec") && owner.getClassName().equals("RegExp"));
  }

  private boolean isConstructor(ScriptableObject owner, Object key) {
    return owner.getClassName().equals(scope.getClassName())
        && Character.isUpperCase(key.toString().charAt(0));
  }

  /** A function that asks the budget before and after. */
  private static final class Guarded extends LambdaFunction {

    private static final long serialVersionUID = 1L;

    Guarded(ScriptableObject scope, String name, BaseFunction original, AllocationRule rule) {
      super(
          scope,
          name,
          original.getArity(),
          (context, callScope, self, arguments) ->
              GuardedCall.run(context, callScope, self, arguments, original, rule),
          false);
    }
  }
}
