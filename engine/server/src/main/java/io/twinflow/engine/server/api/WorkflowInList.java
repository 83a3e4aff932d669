package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.Kind;
import java.time.Instant;
import java.util.Map;

/** A workflow of the catalogue, in short. */
@Schema(name = "WorkflowInList")
record WorkflowInList(
    String id,
    String name,
    @Schema(
            description = "What it is written in.",
            allowableValues = {"cwl", "bpmn", "dmn"})
        String kind,
    @Schema(description = "SHA-256 of its pinned sources.") String version,
    @Schema(description = "Who keeps it.") String subject,
    @Schema(description = "UTC.") Instant created,
    Map<String, String> links) {

  static WorkflowInList of(KeptWorkflow workflow) {
    String self = Paths.workflow(workflow.id());
    return new WorkflowInList(
        workflow.id(),
        workflow.name(),
        workflow.kind().text(),
        workflow.version(),
        workflow.subject(),
        workflow.created(),
        workflow.kind() == Kind.DMN
            ? Map.of("self", self, "source", self + "/source", "decide", self + "/decide")
            : Map.of("self", self, "source", self + "/source"));
  }
}
