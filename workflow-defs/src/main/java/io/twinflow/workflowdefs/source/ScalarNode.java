package io.twinflow.workflowdefs.source;

/**
 * A scalar, typed by the YAML 1.2 core schema.
 *
 * @param text the string's content, or the number as it was written
 */
public record ScalarNode(Kind kind, String text, Position position) implements Node {

  /** The types of the YAML core schema. */
  public enum Kind {
    NULL,
    BOOLEAN,
    INTEGER,
    DECIMAL,
    STRING
  }

  public boolean isTrue() {
    return kind == Kind.BOOLEAN && text.equalsIgnoreCase("true");
  }

  @Override
  public String describe() {
    return switch (kind) {
      case NULL -> "null";
      case BOOLEAN -> "the boolean " + text;
      case INTEGER, DECIMAL -> "the number " + text;
      case STRING -> "the string \"" + shortened() + "\"";
    };
  }

  private String shortened() {
    String line = text.replace("\n", "\\n");
    return line.length() <= 60 ? line : line.substring(0, 57) + "…";
  }
}
