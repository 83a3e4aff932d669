package io.twinflow.engine.core.task;

import io.twinflow.engine.core.secret.Handle;

/** Quoting for POSIX shells (IEEE 1003.1, "Quoting"): what is quoted means only itself. */
final class ShellQuoting {

  private static final String PLAIN = "@%+=:,./-_";

  private ShellQuoting() {}

  static String quote(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
    }
    return plain ? text : "'" + Handle.inQuotes(text.replace("'", "'\"'\"'")) + "'";
  }
}
