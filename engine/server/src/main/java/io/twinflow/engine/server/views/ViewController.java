package io.twinflow.engine.server.views;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.queue.Waiting;
import io.twinflow.engine.server.runs.Kind;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.WhyRunWaits;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Steps, tasks and the live stream of a run. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@Tag(name = "Progress")
class ViewController {

  private static final int MOST = 1_000;

  private final Runs runs;
  private final Snapshots snapshots;
  private final TaskTable tasks;
  private final RunEvents events;
  private final WhyRunWaits why;
  private final WhyTaskWaits whyTask;

  ViewController(
      Runs runs,
      Snapshots snapshots,
      TaskTable tasks,
      RunEvents events,
      WhyRunWaits why,
      WhyTaskWaits whyTask) {
    this.why = why;
    this.whyTask = whyTask;
    this.runs = runs;
    this.snapshots = snapshots;
    this.tasks = tasks;
    this.events = events;
  }

  record Steps(List<StepJson> steps) {}

  /**
   * @param next where the next page is; null after the last
   */
  record Tasks(List<TaskJson> tasks, @Nullable String next) {}

  @Operation(
      summary =
          "The steps of a run with their counters; a scatter is one step, and a process has none")
  @GetMapping("/steps")
  Steps steps(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, FailureException, IOException {
    RunRow run = runs.get(caller, id);
    if (run.kind() == Kind.BPMN) {
      return new Steps(List.of());
    }
    Waiting waiting = why.of(caller, run).orElse(null);
    return new Steps(
        snapshots.of(run.id()).steps().stream()
            .map(step -> StepJson.of(step).waitingFor(waiting))
            .toList());
  }

  @Operation(summary = "The tasks of a run in the order they were made, a page at a time")
  @GetMapping("/tasks")
  Tasks tasks(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @RequestParam(required = false) @Parameter(description = "Only tasks of this step.")
          @Nullable String step,
      @RequestParam(required = false) @Parameter(description = "Only tasks in this state.")
          @Nullable String state,
      @RequestParam(defaultValue = "0")
          @Parameter(
              description = "Only tasks with higher numbers: the last one of the page before.")
          long after,
      @RequestParam(defaultValue = "100") @Parameter(description = "At most so many.") int limit,
      @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, IOException {
    if (limit < 1 || limit > MOST) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "limit: expected 1 to %d, found %d".formatted(MOST, limit));
    }
    RunRow row = runs.get(caller, id);
    RunId run = row.id();
    tasks.settle(row);
    List<TaskJson> page = whyTask.of(caller, row, tasks.page(run, step, state, after, limit));
    String next =
        page.size() < limit
            ? null
            : "/api/v1/runs/%s/tasks?after=%d&limit=%d%s%s"
                .formatted(
                    run,
                    page.getLast().task(),
                    limit,
                    step == null ? "" : "&step=" + encoded(step),
                    state == null ? "" : "&state=" + encoded(state));
    return new Tasks(page, next);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Operation(summary = "One task of a run")
  @GetMapping("/tasks/{task}")
  TaskJson task(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @PathVariable @Parameter(description = "The task's number in the run.") long task,
      @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, IOException {
    RunRow row = runs.get(caller, id);
    RunId run = row.id();
    tasks.settle(row);
    return whyTask.of(caller, row, tasks.find(run, task).stream().toList()).stream()
        .findFirst()
        .orElseThrow(() ->
            new ResponseStatusException(
                HttpStatus.NOT_FOUND, "run %s has no task %d".formatted(run, task)));
  }

  @Operation(
      summary = "What happens in a run, as it happens (Server-Sent Events)",
      description =
          "Events named run, task and notice. Goes on after the id in Last-Event-ID, and ends when the run has.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @RequestHeader(name = "Last-Event-ID", defaultValue = "0")
          @Parameter(description = "The id of the last event that was received.")
          long lastEventId,
      @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    return events.stream(runs.get(caller, id).id(), lastEventId);
  }
}
