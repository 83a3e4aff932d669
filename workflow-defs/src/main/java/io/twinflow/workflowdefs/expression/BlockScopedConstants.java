package io.twinflow.workflowdefs.expression;

/**
 * Gives {@code const} the scope that ECMAScript 2015 says. Rhino treats it as a variable of the
 * whole function that is set once: in a loop the first value would stay for ever, without an error,
 * and {@code for (const x of …)} is not parsed. Its {@code let} has the right scope, so the word is
 * put in place, padded so that positions stay. That a constant cannot be assigned is lost.
 */
final class BlockScopedConstants implements JavaScriptWords.Reader {

  private final String code;
  private final StringBuilder result;

  private BlockScopedConstants(String code) {
    this.code = code;
    this.result = new StringBuilder(code);
  }

  static String in(String code) {
    if (!code.contains("const")) {
      return code;
    }
    BlockScopedConstants work = new BlockScopedConstants(code);
    JavaScriptWords.read(code, work);
    return work.result.toString();
  }

  @Override
  public void word(int start, int end, char before) {
    if (code.substring(start, end).equals("const") && before != '.' && beginsADeclaration(end)) {
      result.replace(start, end, "let  ");
    }
  }

  @Override
  public void mark(int offset, char mark) {}

  private boolean beginsADeclaration(int end) {
    int next = end;
    while (next < code.length() && Character.isWhitespace(code.charAt(next))) {
      next++;
    }
    if (next == code.length()) {
      return false;
    }
    char c = code.charAt(next);
    return (Character.isJavaIdentifierStart(c) && next > end) || c == '[' || c == '{';
  }
}
