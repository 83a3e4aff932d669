package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.triggers.firing.Trigger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trigger. */
@Schema(name = "Trigger")
record TriggerView(
    String name,
    @Schema(description = "From 1; one more each time that another document is saved.") int version,
    @Schema(description = "Who saved it, and whose its runs are.") String subject,
    @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The kept workflow that its runs are of; missing if it makes none.")
        String workflow,
    @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The kept document that decides before; missing if none does.")
        String decision,
    @Schema(description = "false: a newer version has taken its place, or the trigger was deleted.")
        boolean current,
    boolean enabled,
    @Schema(description = "When this version was saved; UTC.") Instant saved,
    @Schema(description = "As it was sent.") String document,
    Map<String, String> links) {

  static TriggerView of(Trigger trigger) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put(
        "self",
        trigger.current()
            ? TriggerController.TRIGGERS + "/" + trigger.name()
            : TriggerVersionController.path(trigger.name(), trigger.version()));
    links.put("versions", TriggerVersionController.path(trigger.name()));
    if (!trigger.workflow().isEmpty()) {
      links.put("workflow", Paths.workflow(trigger.workflow()));
    }
    if (trigger.decision() != null) {
      links.put("decision", Paths.workflow(trigger.decision()));
    }
    links.put("firings", FiringController.FIRINGS + "?trigger=" + trigger.name());
    return new TriggerView(
        trigger.name(),
        trigger.version(),
        trigger.subject(),
        trigger.workflow().isEmpty() ? null : trigger.workflow(),
        trigger.decision(),
        trigger.current(),
        trigger.enabled(),
        trigger.created(),
        trigger.document(),
        links);
  }
}
