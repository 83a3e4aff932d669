package io.twinflow.workflowdefs.bpmn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a process or sub-process consists of, in the order of the document. */
public record FlowScope(List<FlowNode> nodes, List<SequenceFlow> flows) {

  public FlowScope {
    nodes = List.copyOf(nodes);
    flows = List.copyOf(flows);
  }

  /** This scope and those within it. */
  public List<FlowScope> all() {
    List<FlowScope> scopes = new ArrayList<>();
    visit(scopes::add);
    return scopes;
  }

  private void visit(Consumer<FlowScope> visitor) {
    visitor.accept(this);
    for (FlowNode node : nodes) {
      if (node instanceof FlowNode.SubProcess inner) {
        inner.body().visit(visitor);
      }
    }
  }
}
