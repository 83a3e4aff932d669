package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.notifications.Notification;
import io.twinflow.engine.server.notifications.Notifications;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is told of a run. */
@RestController
@RequestMapping(Paths.ROOT + "/runs/{id}/notifications")
@Tag(name = "Runs")
class NotificationController {

  private static final String ID = "The run's id.";

  private final Runs runs;
  private final Notifications notifications;
  private final CheckNotification check;

  NotificationController(Runs runs, Notifications notifications, CheckNotification check) {
    this.runs = runs;
    this.notifications = notifications;
    this.check = check;
  }

  /** All of a run. */
  @Schema(name = "NotificationList")
  record NotificationList(List<NotificationView> notifications) {}

  @PostMapping(consumes = "application/json")
  @Operation(
      operationId = "addNotification",
      summary = "Have somebody told of a run",
      description =
          "At least once for each state, also if it is over already; tried again for about two hours.")
  @ApiResponse(
      responseCode = "201",
      description = "It is kept.",
      content = @Content(schema = @Schema(implementation = NotificationView.class)))
  ResponseEntity<NotificationView> add(
      @PathVariable @Parameter(description = ID) String id,
      @RequestBody NewNotification wanted,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, BadRequestException, ConflictException, NotThereException {
    RunRow run = runs.get(caller, id);
    String made =
        notifications
            .add(caller, run.id(), check.states(wanted.on()), check.target(caller, wanted))
            .orElseThrow(() ->
                new ConflictException(
                    "run %s has %d notifications, which is all that it can have; delete one first"
                        .formatted(id, Notifications.MOST)));
    NotificationView view = NotificationView.of(id, find(run, made));
    return ResponseEntity.created(URI.create(view.links().get("self"))).body(view);
  }

  @GetMapping
  @Operation(
      operationId = "listNotifications",
      summary = "Who is told of a run, and what became of it")
  NotificationList list(
      @PathVariable @Parameter(description = ID) String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    RunRow run = runs.get(caller, id);
    return new NotificationList(
        notifications.of(run.id()).stream().map(one -> NotificationView.of(id, one)).toList());
  }

  @GetMapping("/{notification}")
  @Operation(operationId = "getNotification", summary = "Show one of them")
  NotificationView get(
      @PathVariable @Parameter(description = ID) String id,
      @PathVariable @Parameter(description = "Its id.") String notification,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, NotThereException {
    return NotificationView.of(id, find(runs.get(caller, id), notification));
  }

  @DeleteMapping("/{notification}")
  @Operation(operationId = "deleteNotification", summary = "Have nobody told any more")
  @ApiResponse(responseCode = "204", description = "It is gone.")
  ResponseEntity<Void> delete(
      @PathVariable @Parameter(description = ID) String id,
      @PathVariable @Parameter(description = "Its id.") String notification,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, NotThereException {
    RunRow run = runs.get(caller, id);
    if (!notifications.remove(run.id(), notification)) {
      throw gone(id, notification);
    }
    return ResponseEntity.noContent().build();
  }

  private Notification find(RunRow run, String notification) throws NotThereException {
    return notifications.of(run.id()).stream()
        .filter(one -> one.id().equals(notification))
        .findFirst()
        .orElseThrow(() -> gone(run.id().value(), notification));
  }

  private static NotThereException gone(String run, String notification) {
    return new NotThereException("run %s has no notification %s".formatted(run, notification));
  }
}
