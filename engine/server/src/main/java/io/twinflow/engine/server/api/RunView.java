package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.queue.Waiting;
import io.twinflow.engine.server.runs.PublicText;
import io.twinflow.engine.server.runs.RunRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as it is shown. */
@Schema(name = "Run")
record RunView(
    @Schema(example = "20261120-093012-k3x9qa") String id,
    @Schema(description = "The name of the workflow.") String workflow,
    @Schema(
            description = "What the workflow is written in: a run of bpmn is a process.",
            allowableValues = {"cwl", "bpmn"})
        String kind,
    @Schema(description = "SHA-256 of the workflow's pinned sources.") String workflowVersion,
    @Schema(
            allowableValues = {
              "queued",
              "running",
              "paused",
              "cancelling",
              "succeeded",
              "failed",
              "cancelled"
            })
        String state,
    @Schema(description = "Who submitted it.") String subject,
    @Schema(description = "Among the runs of its subject; the higher goes first.") int priority,
    Map<String, String> labels,
    @Schema(description = "UTC.") Instant created,
    @Nullable @Schema(description = "UTC; missing while it has not ended.") Instant ended,
    @Nullable @Schema(description = "What went wrong; in lists only its first line.")
        String failure,
    @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Why it, or a task of it, does not go on; not in lists.")
        Waiting waiting,
    @Schema(description = "Where to go on from here.") Map<String, String> links) {

  /** As lists show it, with a line of what went wrong. */
  static RunView inList(RunRow row) {
    String failure = row.failure();
    return of(row, failure == null ? null : failure.lines().findFirst().orElse(""));
  }

  /** With all that is known of what went wrong, but not where things lie on the server. */
  static RunView of(RunRow row) {
    String failure = row.failure();
    return of(row, failure == null ? null : PublicText.of(failure));
  }

  private static RunView of(RunRow row, @Nullable String failure) {
    String self = Paths.run(row.id().value());
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", self);
    links.put("inputs", self + "/inputs");
    links.put("outputs", self + "/outputs");
    links.put("tasks", self + "/tasks");
    return new RunView(
        row.id().value(),
        row.workflow(),
        row.kind().text(),
        row.version(),
        row.state().name().toLowerCase(Locale.ROOT),
        row.subject(),
        row.priority(),
        row.labels(),
        row.created(),
        row.ended(),
        failure,
        null,
        links);
  }

  RunView waiting(@Nullable Waiting reason) {
    return new RunView(
        id,
        workflow,
        kind,
        workflowVersion,
        state,
        subject,
        priority,
        labels,
        created,
        ended,
        failure,
        reason,
        links);
  }
}
