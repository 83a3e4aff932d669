package io.twinflow.workflowdefs.expression;

/** Advice for JavaScript objects that are not CWL values. */
final class InsteadOf {

  private InsteadOf() {}

  static String object(String kind) {
    return switch (kind) {
      case "Date" -> " Return a string, such as d.toISOString().";
      case "RegExp" -> " Return its source, or what it matches.";
      case "Error", "InternalError", "JavaException" -> " Write 'throw' if it is meant to fail.";
      case "Map" -> " Return Object.fromEntries(m).";
      case "Set" -> " Return Array.from(s).";
      case "Promise" -> " Expressions cannot wait; return the value itself.";
      default -> " Return an object, an array, a string, a number, a boolean or null.";
    };
  }
}
