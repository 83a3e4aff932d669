package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.server.runs.Kind;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages to one process, and signals to all that listen. */
@RestController
@RequestMapping(Paths.ROOT)
@Tag(name = "Runs")
class TellController {

  private final Processes processes;
  private final Runs runs;

  TellController(Processes processes, Runs runs) {
    this.processes = processes;
    this.runs = runs;
  }

  @PostMapping(path = "/runs/{id}/messages", consumes = "application/json")
  @Operation(
      operationId = "sendMessage",
      summary = "Give a message to a process that waits for it",
      description = "Refused if it does not wait for a message of this name now.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = NamedValues.Named.class))))
  @ApiResponse(responseCode = "204", description = "The process goes on with it.")
  ResponseEntity<Void> message(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    RunRow run = runs.get(caller, id);
    NamedValues message = NamedValues.of(body).named();
    if (run.kind() != Kind.BPMN || run.state().isTerminal()) {
      throw new ConflictException(
          run.kind() == Kind.BPMN
              ? "the process %s has ended (%s)".formatted(id, RunView.of(run).state())
              : "run %s is no process, and waits for no message".formatted(id));
    }
    processes.message(caller.tenant(), id, message.name(), message.values());
    return ResponseEntity.noContent().build();
  }

  /** Whom a signal reached. */
  @Schema(name = "SignalGiven")
  record Given(@Schema(description = "How many processes listened for it.") int processes) {}

  @PostMapping(path = "/signals", consumes = "application/json")
  @Operation(
      operationId = "sendSignal",
      summary = "Give a signal to all your processes that listen for it",
      description = "That of an administrator reaches the processes of all.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = NamedValues.Named.class))))
  Given signal(
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(
              description =
                  "Your name for this signal: sent again with it, each process gets it once.")
          @Nullable String key,
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    NamedValues signal = NamedValues.of(body).named();
    return new Given(
        processes.isUsed()
            ? processes.signal(
                key == null ? null : "sent by %s: %s".formatted(caller.subject(), key),
                caller.tenant(),
                caller.administrator() ? null : caller.subject(),
                signal.name(),
                signal.values())
            : 0);
  }
}
