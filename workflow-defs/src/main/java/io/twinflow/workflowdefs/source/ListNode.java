package io.twinflow.workflowdefs.source;

import java.util.List;

/** A YAML sequence or JSON array. */
public record ListNode(List<Node> items, Position position) implements Node {
  public ListNode {
    items = List.copyOf(items);
  }

  @Override
  public String describe() {
    return items.isEmpty() ? "an empty list" : "a list";
  }
}
