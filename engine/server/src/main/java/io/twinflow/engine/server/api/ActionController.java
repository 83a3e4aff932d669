package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.ContinueRuns;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.RunRequests.Kind;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.security.Priorities;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be done with a run: stop it, hold it, do it again. */
@RestController
@RequestMapping(Paths.ROOT + "/runs/{id}")
@Tag(name = "Runs")
class ActionController {

  private static final String ID = "The run's id.";

  private final Runs runs;
  private final ContinueRuns again;
  private final Processes processes;

  ActionController(Runs runs, ContinueRuns again, Processes processes) {
    this.processes = processes;
    this.runs = runs;
    this.again = again;
  }

  /** How the new run differs. */
  @Schema(name = "Retry")
  record Retry(
      @Nullable @Schema(description = "Beside those of the old run.") Map<String, String> labels,
      @Nullable @Schema(description = "What is missing is as in the old run.")
          OptionsBody options) {}

  @PostMapping("/cancel")
  @Operation(
      summary = "Cancel a run",
      description =
          "Nothing new is started, what runs is stopped. It is asked for when this answers; the state follows.")
  @ApiResponse(responseCode = "202", description = "It was asked for.")
  ResponseEntity<RunView> cancel(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, ConflictException, IOException {
    return ask(id, caller, Kind.CANCEL, "cancelled by " + caller.subject());
  }

  @PostMapping("/pause")
  @Operation(
      summary = "Pause a run",
      description = "Nothing new is started until it is resumed; what runs goes on.")
  @ApiResponse(responseCode = "202", description = "It was asked for.")
  ResponseEntity<RunView> pause(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, ConflictException, IOException {
    return ask(id, caller, Kind.PAUSE, "paused by " + caller.subject());
  }

  @PostMapping("/resume")
  @Operation(
      summary = "Resume a paused run, or a process that is stuck",
      description = "Of a process that is tried again at which it was stuck.")
  @ApiResponse(responseCode = "202", description = "It was asked for.")
  ResponseEntity<RunView> resume(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, ConflictException, IOException {
    return ask(id, caller, Kind.PROCEED, "resumed by " + caller.subject());
  }

  /** Asked of what has ended, a cancel changes nothing and is no mistake; the others are. */
  private ResponseEntity<RunView> ask(String id, Caller caller, Kind kind, String reason)
      throws NoSuchRunException, ConflictException, IOException {
    RunRow run = runs.get(caller, id);
    if (run.state().isTerminal() && kind != Kind.CANCEL) {
      throw new ConflictException(
          "run %s has ended (%s); retry or rerun it".formatted(id, RunView.of(run).state()));
    }
    boolean process = run.kind() == io.twinflow.engine.server.runs.Kind.BPMN;
    if (process && kind == Kind.PAUSE) {
      throw new ConflictException(
          "run %s is a process, which can be cancelled, but not paused".formatted(id));
    }
    if (process && kind == Kind.PROCEED) {
      tryAgain(caller, id);
    } else {
      runs.ask(caller, run, kind, reason);
    }
    return ResponseEntity.accepted().body(RunView.of(runs.get(caller, id)));
  }

  private void tryAgain(Caller caller, String id) throws ConflictException, IOException {
    if (!processes.retry(caller.tenant(), id)) {
      throw new ConflictException(
          "process %s is not stuck; its events tell what it waits for".formatted(id));
    }
  }

  @PostMapping("/retry")
  @Operation(
      summary = "Retry a run that failed or was cancelled",
      description =
          "Makes a new run of the same workflow and inputs, which adopts every task that had finished.")
  @ApiResponse(responseCode = "201", description = "The new run.")
  ResponseEntity<RunView> retry(
      @PathVariable @Parameter(description = ID) String id,
      @RequestBody(required = false) @Nullable Retry wanted,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    RunRow old = runs.get(caller, id);
    if (!old.state().isTerminal() || old.state() == PublicState.SUCCEEDED) {
      throw new ConflictException(
          "run %s is %s; only what failed or was cancelled can be retried"
              .formatted(id, RunView.of(old).state()));
    }
    RunOptions options =
        OptionsBody.of(wanted == null ? null : wanted.options(), again.created(old).options());
    Priorities.check(caller, options);
    Map<String, String> labels = Labels.checked(wanted == null ? null : wanted.labels());
    String made = again.retry(caller, old, options, labels).value();
    return Submitting.made(caller, made).body(RunView.of(runs.get(caller, made)));
  }
}
