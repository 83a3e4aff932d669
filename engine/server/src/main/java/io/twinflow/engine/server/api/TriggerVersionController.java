package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.triggers.firing.Trigger;
import io.twinflow.triggers.firing.Triggers;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/triggers/NAME/versions}: what a trigger said when its firings were made. */
@RestController
@RequestMapping(TriggerController.TRIGGERS + "/{name}" + TriggerVersionController.VERSIONS)
@Tag(name = "Triggers")
class TriggerVersionController {

  static final String VERSIONS = "/versions";

  private final Triggers triggers;

  TriggerVersionController(Triggers triggers) {
    this.triggers = triggers;
  }

  /** A page of versions. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TriggerVersions(
      List<TriggerView> versions,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  static String path(String trigger) {
    return TriggerController.TRIGGERS + "/" + trigger + VERSIONS;
  }

  static String path(String trigger, int version) {
    return path(trigger) + "/" + version;
  }

  @GetMapping
  @Operation(
      operationId = "listTriggerVersions",
      summary = "List the versions of a trigger",
      description =
          "Newest first, also of one that was deleted; those that one has saved, or for administrators all.")
  TriggerVersions list(
      @PathVariable @Parameter(description = "The trigger's.") String name,
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable Integer before,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, BadRequestException, NotThereException {
    RunQuery.limit(limit);
    TriggerController.named(name);
    List<Trigger> found =
        triggers.versions(caller.tenant(), TriggerController.own(caller), name, before, limit + 1);
    if (found.isEmpty() && before == null) {
      throw new NotThereException("no trigger here is or was called so");
    }
    Page<Trigger> page =
        Page.of(found, limit, new StringBuilder(path(name)), "before", Trigger::version);
    return new TriggerVersions(page.as(TriggerView::of), page.next());
  }

  @GetMapping("/{version}")
  @Operation(
      operationId = "getTriggerVersion",
      summary = "Show a version of a trigger",
      description = "Also of one that was deleted.")
  TriggerView get(
      @PathVariable @Parameter(description = "The trigger's.") String name,
      @PathVariable @Parameter(description = "Its number, as firings tell it.") int version,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException {
    TriggerController.named(name);
    return triggers
        .find(caller.tenant(), TriggerController.own(caller), name, version)
        .map(TriggerView::of)
        .orElseThrow(() -> new NotThereException("there is no such version of a trigger here"));
  }
}
