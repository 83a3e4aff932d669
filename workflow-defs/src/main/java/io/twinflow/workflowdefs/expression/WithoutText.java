package io.twinflow.workflowdefs.expression;

import java.util.regex.Pattern;

/** Code whose comments and strings are blanked, so that words in them are not taken for syntax. */
final class WithoutText {

  private static final Pattern TEXT =
      Pattern.compile(
          "//[^\\n]*|/\\*(?s:.*?)\\*/|'(?:[^'\\\\\\n]|\\\\.)*+'|\"(?:[^\"\\\\\\n]|\\\\.)*+\"");

  private WithoutText() {}

  static String of(String code) {
    return TEXT.matcher(code).replaceAll(found -> found.group().replaceAll("[^\\n]", " "));
  }
}
