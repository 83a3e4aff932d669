package io.twinflow.workflowdefs.bpmn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a process or sub-process consists of, in the order of the document. */
public record FlowScope(List<FlowNode> nodes, List<SequenceFlow> flows, List<Undoing> undoings) {

  public FlowScope {
    nodes = List.copyOf(nodes);
    flows = List.copyOf(flows);
    undoings = List.copyOf(undoings);
  }

  /** This scope and those within it. */
  public List<FlowScope> all() {
    List<FlowScope> scopes = new ArrayList<>();
    visit(scopes::add);
    return scopes;
  }

  /** What undoes each activity that can be undone, by the activity's id. */
  public Map<String, FlowNode.Activity> handlers() {
    Map<String, FlowNode> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.id(), node));
    Map<String, FlowNode.Activity> handlers = new LinkedHashMap<>();
    for (Undoing undoing : undoings) {
      if (byId.get(undoing.event()) instanceof FlowNode.BoundaryEvent event
          && byId.get(undoing.handler()) instanceof FlowNode.Activity handler) {
        handlers.put(event.attachedTo(), handler);
      }
    }
    return handlers;
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
