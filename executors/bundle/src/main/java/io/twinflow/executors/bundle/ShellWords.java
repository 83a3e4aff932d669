package io.twinflow.executors.bundle;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as words of a POSIX shell (IEEE 1003.1, 2.2.2). */
public final class ShellWords {

  private ShellWords() {}

  /** One word, whatever is in it. */
  public static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  static String quoteAll(List<String> texts) {
    return texts.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }
}
