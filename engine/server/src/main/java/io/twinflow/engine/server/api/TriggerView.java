package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.triggers.firing.Trigger;
import java.time.Instant;
import java.util.Map;

/** A trigger. */
@Schema(name = "Trigger")
record TriggerView(
    String name,
    @Schema(description = "From 1; one more each time that another document is saved.") int version,
    @Schema(description = "Who saved it, and whose its runs are.") String subject,
    @Schema(description = "The kept workflow that its runs are of.") String workflow,
    boolean enabled,
    @Schema(description = "When this version was saved; UTC.") Instant saved,
    @Schema(description = "As it was sent.") String document,
    Map<String, String> links) {

  static TriggerView of(Trigger trigger) {
    return new TriggerView(
        trigger.name(),
        trigger.version(),
        trigger.subject(),
        trigger.workflow(),
        trigger.enabled(),
        trigger.created(),
        trigger.document(),
        Map.of(
            "self",
            TriggerController.TRIGGERS + "/" + trigger.name(),
            "workflow",
            Paths.workflow(trigger.workflow()),
            "firings",
            FiringController.FIRINGS + "?trigger=" + trigger.name()));
  }
}
