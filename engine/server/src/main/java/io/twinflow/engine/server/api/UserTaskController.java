package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.bpmn.TaskFilter;
import io.twinflow.engine.bpmn.UserTask;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/tasks}: what processes have people do. */
@RestController
@RequestMapping(Paths.ROOT + "/tasks")
@Tag(name = "Tasks of people")
class UserTaskController {

  private static final String ID = "The task's id.";

  private final PeoplesTasks tasks;

  UserTaskController(PeoplesTasks tasks) {
    this.tasks = tasks;
  }

  /** A page of tasks. */
  @Schema(name = "UserTaskPage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskPage(
      List<UserTaskView> tasks,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  @GetMapping
  @Operation(
      operationId = "listUserTasks",
      summary = "List open tasks",
      description =
          "The caller's own, and those that the caller may claim. With run: all of that run. Administrators see those of all.")
  TaskPage list(
      @RequestParam(required = false) @Parameter(description = "Only of this process.")
          @Nullable String run,
      @RequestParam(defaultValue = "false")
          @Parameter(description = "Only those whose due date is over.")
          boolean overdue,
      @RequestParam(defaultValue = "created")
          @Parameter(
              description = "The oldest first (created), or what is due first (due).",
              schema = @Schema(allowableValues = {"created", "due"}))
          String sort,
      @RequestParam(defaultValue = "50") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @RequestParam(required = false) @Parameter(description = "From \"next\" of the page before.")
          @Nullable String cursor,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws BadRequestException, IOException, NoSuchRunException {
    RunQuery.limit(limit);
    StringBuilder next = new StringBuilder(Paths.ROOT + "/tasks");
    if (run != null) {
      next.append(Paths.parameter(next, "run", run));
    }
    if (overdue) {
      next.append(Paths.parameter(next, "overdue", "true"));
    }
    next.append(Paths.parameter(next, "sort", sort));
    PeoplesTasks.Wanted wanted = new PeoplesTasks.Wanted(run, overdue, order(sort));
    Page<UserTask> page =
        Page.of(tasks.page(caller, wanted, cursor, limit + 1), limit, next, "cursor", UserTask::id);
    return new TaskPage(page.as(UserTaskView::inList), page.next());
  }

  private static TaskFilter.Order order(String sort) throws BadRequestException {
    return switch (sort) {
      case "created" -> TaskFilter.Order.CREATED;
      case "due" -> TaskFilter.Order.DUE;
      default ->
          throw new BadRequestException(
              "sort", "expected created or due, found \"%s\"".formatted(sort));
    };
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getUserTask", summary = "Show an open task, with its form")
  UserTaskView get(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, NotThereException {
    UserTask task = tasks.get(caller, id);
    return UserTaskView.with(task, tasks.form(caller, task));
  }

  @PostMapping("/{id}/claim")
  @Operation(
      operationId = "claimUserTask",
      summary = "Take a task",
      description = "From then on nobody else can complete it. Refused if somebody else has it.")
  UserTaskView claim(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    tasks.claim(caller, id);
    return get(id, caller);
  }

  @PostMapping("/{id}/unclaim")
  @Operation(
      operationId = "unclaimUserTask",
      summary = "Give a task back",
      description = "So that another may take it.")
  UserTaskView unclaim(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    tasks.unclaim(caller, id);
    return get(id, caller);
  }

  @PostMapping(path = "/{id}/complete", consumes = "application/json")
  @Operation(
      operationId = "completeUserTask",
      summary = "Complete a task",
      description = "With the values that its form asks for; the process goes on with them.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = NamedValues.Form.class))))
  @ApiResponse(responseCode = "204", description = "It is done.")
  ResponseEntity<Void> complete(
      @PathVariable @Parameter(description = ID) String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    tasks.complete(caller, id, NamedValues.of(body).values());
    return ResponseEntity.noContent().build();
  }
}
