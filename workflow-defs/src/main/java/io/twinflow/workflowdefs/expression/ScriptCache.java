package io.twinflow.workflowdefs.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Script;

/** The scripts used last, by source; bounded in number and in characters of source. */
final class ScriptCache {

  private static final int MOST_SCRIPTS = 1_000;
  private static final long MOST_CHARACTERS = 4_000_000;

  private final Map<String, Script> scripts = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  /** Throws Rhino's EvaluatorException if the source cannot be parsed. */
  Script get(Context context, JavaScriptSource source) {
    String key = source.name() + '\n' + source.code();
    Script known = known(key);
    if (known != null) {
      return known;
    }
    Script compiled = CompileScript.compile(context, source.name(), source.program());
    remember(key, compiled);
    return compiled;
  }

  private synchronized @Nullable Script known(String key) {
    return scripts.get(key);
  }

  private synchronized void remember(String key, Script compiled) {
    if (key.length() > MOST_CHARACTERS / 2 || scripts.put(key, compiled) != null) {
      return;
    }
    characters += key.length();
    var oldest = scripts.keySet().iterator();
    while (scripts.size() > MOST_SCRIPTS || characters > MOST_CHARACTERS) {
      characters -= oldest.next().length();
      oldest.remove();
    }
  }
}
