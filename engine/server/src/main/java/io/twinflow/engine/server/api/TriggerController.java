package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.firing.Trigger;
import io.twinflow.triggers.firing.Triggers;
import io.twinflow.triggers.firing.Triggers.NewTrigger;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/triggers}: rules from events to runs. */
@RestController
@RequestMapping(TriggerController.TRIGGERS)
@Tag(name = "Triggers")
class TriggerController {

  static final String TRIGGERS = Paths.ROOT + "/triggers";

  private static final String NONE = "there is no such trigger here";

  private final Triggers triggers;
  private final CheckTrigger check;
  private final TryTrigger trying;

  TriggerController(Triggers triggers, CheckTrigger check, TryTrigger trying) {
    this.triggers = triggers;
    this.check = check;
    this.trying = trying;
  }

  /** A trigger and an event. */
  @Schema(name = "TriggerTestCase")
  record TestCase(
      @Nullable
          @Schema(
              description = "A trigger's YAML document, saved or not.",
              requiredMode = Schema.RequiredMode.REQUIRED)
          String document,
      @Nullable
          @Schema(
              description = "A CloudEvent in JSON.",
              types = "object",
              requiredMode = Schema.RequiredMode.REQUIRED)
          JsonNode event) {}

  /** A page of triggers. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TriggerPage(
      List<TriggerView> triggers,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  /** What changes. */
  @Schema(name = "TriggerChange")
  record TriggerChange(
      @Nullable @Schema(description = "false: no event is for it until it is enabled again.")
          Boolean enabled) {}

  @PutMapping("/{name}")
  @Operation(
      operationId = "saveTrigger",
      summary = "Save a trigger",
      description =
          "A YAML document. It is checked with its workflow, and another document than before is its next version; the same again changes nothing.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/yaml",
                      schema =
                          @Schema(
                              type = "string",
                              example =
                                  "name: gauge-readings\nfilter:\n  type: com.amazonaws.s3.ObjectCreated:*\n  subject: readings/*.csv\nworkflow: flood\ninputs:\n  gauge: {class: File, location: $(self.object.location)}\n"))))
  @ApiResponse(
      responseCode = "201",
      description = "The first version.",
      content = @Content(schema = @Schema(implementation = TriggerView.class)))
  @ApiResponse(
      responseCode = "200",
      description = "A further version, or the same as before.",
      content = @Content(schema = @Schema(implementation = TriggerView.class)))
  ResponseEntity<TriggerView> save(
      @PathVariable @Parameter(description = "As in the document.") String name,
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    String document = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    NewTrigger trigger = check.of(caller, document).trigger();
    if (!trigger.rule().name().equals(name)) {
      throw new BadRequestException(
          "name",
          "expected name: %s, as in the address, found %s".formatted(name, trigger.rule().name()));
    }
    if (triggers.isFull(caller.tenant(), caller.subject(), name)) {
      throw new ConflictException(
          "you have %d triggers, and nobody may have more; delete those that are needed no longer"
              .formatted(Triggers.MOST_OF_ONE));
    }
    Trigger saved =
        triggers
            .save(trigger, caller.administrator())
            .orElseThrow(() ->
                new ConflictException(
                    "the trigger %s belongs to somebody else; choose another name"
                        .formatted(name)));
    TriggerView view = TriggerView.of(saved);
    return saved.version() == 1
        ? ResponseEntity.created(URI.create(TRIGGERS + "/" + name)).body(view)
        : ResponseEntity.ok(view);
  }

  @GetMapping
  @Operation(
      operationId = "listTriggers",
      summary = "List triggers",
      description = "By name; one's own, or for administrators all.")
  TriggerPage list(
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable String after,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, BadRequestException {
    RunQuery.limit(limit);
    if (after != null && Labels.isBad(after, 255)) {
      throw new BadRequestException("after", "no trigger can be called so");
    }
    Page<Trigger> page =
        Page.of(
            triggers.page(caller.tenant(), own(caller), after, limit + 1),
            limit,
            new StringBuilder(TRIGGERS),
            "after",
            Trigger::name);
    return new TriggerPage(page.as(TriggerView::of), page.next());
  }

  @GetMapping("/{name}")
  @Operation(operationId = "getTrigger", summary = "Show a trigger")
  TriggerView get(
      @PathVariable @Parameter(description = "The trigger's.") String name,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException {
    return TriggerView.of(find(caller, name));
  }

  @PatchMapping("/{name}")
  @Operation(
      operationId = "changeTrigger",
      summary = "Disable or enable a trigger",
      description = "Events that come while it is disabled are not for it, also not later.")
  TriggerView change(
      @PathVariable @Parameter(description = "The trigger's.") String name,
      @RequestBody TriggerChange body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException, BadRequestException {
    find(caller, name);
    if (body.enabled() == null) {
      throw new BadRequestException("enabled", "expected true or false");
    }
    triggers.enable(caller.tenant(), name, body.enabled());
    return TriggerView.of(find(caller, name));
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "deleteTrigger",
      summary = "Delete a trigger",
      description = "Its runs stay; what it collects or what waits becomes a dead letter.")
  @ApiResponse(responseCode = "204", description = "It is gone.")
  void delete(
      @PathVariable @Parameter(description = "The trigger's.") String name,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException {
    find(caller, name);
    triggers.delete(caller.tenant(), name);
  }

  @PostMapping("/test")
  @Operation(
      operationId = "testTrigger",
      summary = "Try a trigger",
      description = "Says what it would make of an event, and why. Nothing is kept.")
  TryTrigger.Answer test(
      @RequestBody TestCase body, @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws BadRequestException, NoSuchWorkflowException, InvalidDefinitionException, IOException {
    if (body.document() == null || body.event() == null) {
      throw new BadRequestException(
          body.document() == null ? "document" : "event", "expected a document and an event");
    }
    try {
      return trying.of(
          caller,
          body.document(),
          JsonFormat.read(body.event().toString().getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedEventException e) {
      throw new BadRequestException("event." + e.attribute(), String.valueOf(e.getMessage()));
    }
  }

  static @Nullable String own(Caller caller) {
    return caller.administrator() ? null : caller.subject();
  }

  /**
   * @throws NotThereException if no trigger can be called so
   */
  static void named(String name) throws NotThereException {
    if (Labels.isBad(name, 255)) {
      throw new NotThereException(NONE);
    }
  }

  private Trigger find(Caller caller, String name) throws IOException, NotThereException {
    named(name);
    return triggers
        .find(caller.tenant(), own(caller), name)
        .orElseThrow(() -> new NotThereException(NONE));
  }
}
