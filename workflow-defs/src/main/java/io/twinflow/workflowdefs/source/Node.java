package io.twinflow.workflowdefs.source;

/** A node of a YAML or JSON document that knows where it stands. Immutable. */
public sealed interface Node permits MapNode, ListNode, ScalarNode {

  Position position();

  /** What a person calls this node: {@code a map}, {@code a list}, {@code the string "x"}. */
  String describe();

  /** Whether this is a null, written or empty. */
  default boolean isNull() {
    return this instanceof ScalarNode scalar && scalar.kind() == ScalarNode.Kind.NULL;
  }
}
