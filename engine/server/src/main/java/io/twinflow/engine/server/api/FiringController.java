package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.triggers.firing.Firing;
import io.twinflow.triggers.firing.Firings;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/firings}: what came of events. */
@RestController
@RequestMapping(FiringController.FIRINGS)
@Tag(name = "Triggers")
class FiringController {

  static final String FIRINGS = Paths.ROOT + "/firings";
  private static final int LONGEST = 255;

  private final Firings firings;

  FiringController(Firings firings) {
    this.firings = firings;
  }

  /** A page of firings. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FiringPage(
      List<FiringView> firings,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  /**
   * Which dead and quarantined ones to try again; all conditions must hold, and one must be there.
   */
  @Schema(name = "Replay")
  record ReplayBody(
      @Nullable @Schema(description = "This one alone.") Long firing,
      @Nullable @Schema(description = "Those of this trigger.") String trigger,
      @Nullable @Schema(description = "Made at this time or later; UTC.") Instant from,
      @Nullable @Schema(description = "Made before this time; UTC.") Instant to,
      @Nullable @Schema(description = "true: their data are taken for good, and not checked again.")
          Boolean unchecked) {}

  /** What came of it. */
  record Replayed(@Schema(description = "How many are tried again.") int replayed) {}

  @GetMapping
  @Operation(
      operationId = "listFirings",
      summary = "List what came of events",
      description =
          "Newest first; of one's own triggers, or for administrators of all. Dead letters: state=dead, or quarantined.")
  FiringPage list(
      @RequestParam(required = false) @Parameter(description = "Only of this trigger.")
          @Nullable String trigger,
      @RequestParam(required = false)
          @Parameter(
              description =
                  "collecting, waiting, starting, checking, started, done, skipped, dead or quarantined.")
          @Nullable String state,
      @RequestParam(required = false) @Parameter(description = "Only what made this run.")
          @Nullable String run,
      @RequestParam(required = false) @Parameter(description = "Only of this event of the inbox.")
          @Nullable Long event,
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable Long before,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, BadRequestException {
    RunQuery.limit(limit);
    StringBuilder next = new StringBuilder(FIRINGS);
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("trigger", trigger);
    given.put("state", state);
    given.put("run", run);
    given.put("event", event);
    for (Map.Entry<String, @Nullable Object> each : given.entrySet()) {
      if (each.getValue() != null) {
        next.append(Paths.parameter(next, each.getKey(), text(each.getKey(), each.getValue())));
      }
    }
    Firings.Query query =
        new Firings.Query(
            TriggerController.own(caller), trigger, state, run, event, null, null, before);
    Page<Firing> page =
        Page.of(firings.page(caller.tenant(), query, limit + 1), limit, next, "before", Firing::id);
    return new FiringPage(page.as(FiringView::inList), page.next());
  }

  private static String text(String name, Object value) throws BadRequestException {
    String text = value.toString();
    if (Labels.isBad(text, LONGEST)) {
      throw new BadRequestException(name, name + ": no firing has this");
    }
    return text;
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getFiring", summary = "Show what came of events")
  FiringView get(
      @PathVariable @Parameter(description = "As lists tell it.") long id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException {
    Firing firing =
        firings
            .find(caller.tenant(), TriggerController.own(caller), id)
            .orElseThrow(() -> new NotThereException("there is no such firing here"));
    return FiringView.of(firing, firings.events(id));
  }

  @PostMapping("/replay")
  @Operation(
      operationId = "replayFirings",
      summary = "Try dead letters, and those in quarantine, again",
      description = "With the same events, by the present version of their trigger.")
  Replayed replay(
      @RequestBody ReplayBody body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, BadRequestException {
    if (body.firing() == null
        && body.trigger() == null
        && body.from() == null
        && body.to() == null) {
      throw new BadRequestException(
          "body", "expected at least one of firing, trigger, from and to");
    }
    if (body.trigger() != null) {
      text("trigger", body.trigger());
    }
    return new Replayed(
        firings.replay(
            caller.tenant(),
            new Firings.Query(
                TriggerController.own(caller),
                body.trigger(),
                null,
                null,
                null,
                body.from(),
                body.to(),
                null),
            body.firing(),
            Boolean.TRUE.equals(body.unchecked())));
  }
}
