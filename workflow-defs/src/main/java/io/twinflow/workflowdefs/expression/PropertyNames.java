package io.twinflow.workflowdefs.expression;

import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Scriptable;

/** Rhino keeps properties whose names are array indices apart from others. */
final class PropertyNames {

  private static final int LONGEST_INDEX = 9;

  private PropertyNames() {}

  static void put(Scriptable object, String name, @Nullable Object value) {
    if (isIndex(name)) {
      object.put(Integer.parseInt(name), object, value);
    } else {
      object.put(name, object, value);
    }
  }

  private static boolean isIndex(String name) {
    if (name.isEmpty()
        || name.length() > LONGEST_INDEX
        || (name.length() > 1 && name.charAt(0) == '0')) {
      return false;
    }
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
