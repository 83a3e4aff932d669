package io.twinflow.workflowdefs.value;

import io.twinflow.workflowdefs.source.Position;

/** What the place of a node means for the references in it. */
public interface NodeContext {

  /** The absolute IRI of the document the position lies in. */
  String base(Position position);

  /** An IRI from a name that may have a prefix of the document's {@code $namespaces}. */
  String expand(String name, Position position);

  /** A context where all nodes come from one document without namespaces. */
  static NodeContext of(String base) {
    return new NodeContext() {
      @Override
      public String base(Position position) {
        return base;
      }

      @Override
      public String expand(String name, Position position) {
        return name;
      }
    };
  }
}
