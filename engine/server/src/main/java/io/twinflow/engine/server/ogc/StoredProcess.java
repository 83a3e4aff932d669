package io.twinflow.engine.server.ogc;

import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.load.CwlLoader;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import tools.jackson.databind.JsonNode;

/**
 * A workflow that was deployed.
 *
 * @param subject who deployed it
 * @param pinned the definition with all it refers to, as it was then
 * @param description what the package says beyond the definition
 * @param packageType the media type of the package
 */
record StoredProcess(
    String id,
    String subject,
    String version,
    String pinned,
    JsonNode description,
    boolean mutable,
    String packageType,
    String content) {

  /** The same under another id. */
  StoredProcess named(String newId) {
    return new StoredProcess(
        newId, subject, version, pinned, description, mutable, packageType, content);
  }

  WorkflowDocument document() throws InvalidDefinitionException {
    return CwlLoader.loadPinned(pinned);
  }
}
