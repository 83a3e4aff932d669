package io.twinflow.engine.server.api;

import org.jspecify.annotations.Nullable;

/** Tells what a text that stands for a workflow is. */
final class WorkflowText {

  private static final String DEFAULT = "workflow";

  private WorkflowText() {}

  /** A document has lines, fields, or is JSON; names and URLs have and are neither. */
  static boolean isDocument(String text) {
    String bare = text.strip();
    return bare.indexOf('\n') >= 0
        || bare.contains(": ")
        || bare.startsWith("{")
        || bare.startsWith("<");
  }

  static boolean isUrl(String text) {
    return text.startsWith("http://") || text.startsWith("https://");
  }

  /**
   * @param name what the sender calls the workflow
   */
  static String fileName(@Nullable String name) throws BadRequestException {
    String given = name == null ? DEFAULT : name;
    if (!given.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")) {
      throw new BadRequestException(
          "name",
          "a name has 1 to 100 of the characters A-Z a-z 0-9 . _ -, and starts with none of . -");
    }
    return given + ".cwl";
  }
}
