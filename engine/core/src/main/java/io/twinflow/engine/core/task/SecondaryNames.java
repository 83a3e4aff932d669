package io.twinflow.engine.core.task;

/** The names that patterns of secondary files make. CWL v1.2, "SecondaryFileSchema". */
final class SecondaryNames {

  private SecondaryNames() {}

  /** Removes an extension for each leading caret, then appends the rest. */
  static String apply(String basename, String pattern) {
    String name = basename;
    String rest = pattern;
    while (rest.startsWith("^")) {
      int dot = name.lastIndexOf('.');
      name = dot > 0 ? name.substring(0, dot) : name;
      rest = rest.substring(1);
    }
    return name + rest;
  }
}
