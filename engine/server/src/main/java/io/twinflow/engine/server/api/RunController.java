package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.runs.ChangeRuns;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.WhyRunWaits;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/runs}: looking at them, and what people write on them. */
@RestController
@RequestMapping(Paths.ROOT + "/runs")
@Tag(name = "Runs")
class RunController {

  private final Runs runs;
  private final ChangeRuns change;
  private final WhyRunWaits why;

  RunController(Runs runs, ChangeRuns change, WhyRunWaits why) {
    this.why = why;
    this.runs = runs;
    this.change = change;
  }

  /** A page of runs. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunPage(
      List<RunView> runs,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  /** What changes. */
  @Schema(name = "RunChange")
  record RunChange(
      @Nullable
          @Schema(
              description = "Labels to set; null takes one away.",
              example = "{\"site\": \"delft\", \"draft\": null}")
          Map<String, @Nullable String> labels) {}

  @GetMapping
  @Operation(
      operationId = "listRuns",
      summary = "List runs",
      description = "Newest first. All conditions must hold; several states: any of them.")
  ResponseEntity<RunPage> list(
      @RequestParam(defaultValue = "")
          @Parameter(description = "KEY=VALUE; may be given several times.", example = "site=delft")
          List<String> label,
      @RequestParam(required = false) @Parameter(description = "The name of the workflow.")
          @Nullable String workflow,
      @RequestParam(defaultValue = "")
          @Parameter(
              description =
                  "queued, running, paused, cancelling, succeeded, failed or cancelled; may be given several times, or with commas.")
          List<String> state,
      @RequestParam(required = false)
          @Parameter(description = "Created at this time or later, as 2026-11-20T09:30:00Z.")
          @Nullable String from,
      @RequestParam(required = false) @Parameter(description = "Created before this time.")
          @Nullable String to,
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable String cursor,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws BadRequestException {
    RunQuery query = new RunQuery(label, workflow, state, from, to, RunQuery.limit(limit), cursor);
    List<RunRow> rows = runs.page(caller, query.filter(), limit + 1);
    List<RunRow> page = rows.size() > limit ? rows.subList(0, limit) : rows;
    String next = rows.size() > limit ? query.next(page.getLast().id().value()) : null;
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (next != null) {
      answer.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }
    return answer.body(new RunPage(page.stream().map(RunView::inList).toList(), next));
  }

  @GetMapping("/{id}")
  @Operation(
      operationId = "getRun",
      summary = "Show a run",
      description = "Its ETag changes with its state and labels.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  @ApiResponse(
      responseCode = "304",
      description = "It is as the caller has it.",
      content = @Content)
  ResponseEntity<RunView> get(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, IOException {
    RunRow run = runs.get(caller, id);
    RunView view = RunView.of(run).waiting(why.of(caller, run).orElse(null));
    return ResponseEntity.ok().eTag(tag(view)).body(view);
  }

  private static String tag(RunView view) {
    Sha256 digest = new Sha256();
    digest.add(view.waiting(null).toString());
    return "\"" + digest.digest().substring(0, 16) + "\"";
  }

  @PatchMapping(
      path = "/{id}",
      consumes = {"application/json", "application/merge-patch+json"})
  @Operation(
      operationId = "changeRun",
      summary = "Change the labels of a run",
      description = "A JSON Merge Patch (RFC 7386) of \"labels\".")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  ResponseEntity<RunView> change(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @RequestBody RunChange wanted,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, BadRequestException, IOException {
    RunRow run = runs.get(caller, id);
    Map<String, @Nullable String> changes = wanted.labels();
    if (changes != null) {
      change.relabel(caller, run, Labels.changed(run.labels(), changes));
    }
    return get(id, caller);
  }

  @DeleteMapping("/{id}")
  @Operation(
      operationId = "deleteRun",
      summary = "Delete a run that has ended",
      description = "With its logs, inputs and outputs; refused while it runs.")
  @ApiResponse(responseCode = "204", description = "It is gone.")
  ResponseEntity<Void> delete(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, ConflictException, FailureException {
    RunRow run = runs.get(caller, id);
    if (!run.state().isTerminal()) {
      throw new ConflictException(
          "run %s has not ended; cancel it first, with POST %s/cancel"
              .formatted(id, Paths.run(id)));
    }
    Optional<String> user = change.openUser(run);
    if (user.isPresent()) {
      throw new ConflictException(
          "run %s is needed by run %s, which has not ended; wait for it, or cancel it first"
              .formatted(id, user.get()));
    }
    change.delete(run);
    return ResponseEntity.noContent().build();
  }
}
