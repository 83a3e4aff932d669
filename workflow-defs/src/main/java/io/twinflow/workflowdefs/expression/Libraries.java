package io.twinflow.workflowdefs.expression;

import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayList;
import java.util.List;

/** The entries of expressionLib as sources. */
final class Libraries {

  private Libraries() {}

  static List<JavaScriptSource> of(List<String> expressionLib, Position user) {
    List<JavaScriptSource> libraries = new ArrayList<>(expressionLib.size());
    for (int i = 0; i < expressionLib.size(); i++) {
      libraries.add(JavaScriptSource.library(expressionLib.get(i), i, user));
    }
    return libraries;
  }
}
