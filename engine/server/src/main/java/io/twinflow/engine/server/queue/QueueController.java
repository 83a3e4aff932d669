package io.twinflow.engine.server.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code GET /api/v1/queue}. */
@RestController
@RequestMapping("/api/v1/queue")
@Tag(name = "Queue")
class QueueController {

  private static final int MOST = 1_000;

  private final WaitingRuns waiting;

  QueueController(WaitingRuns waiting) {
    this.waiting = waiting;
  }

  /** A page of what waits. */
  @Schema(name = "Queue")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record QueuePage(
      List<QueueRow> runs,
      @Nullable @Schema(description = "Where the next page is; missing on the last one.")
          String next) {}

  @GetMapping
  @Operation(
      summary = "Show who waits, for what and since when",
      description =
          "First the runs that have not begun, in the order of their places; on the first page, before them, those that go on and have tasks that wait for the site. An administrator sees all, others what is theirs.")
  QueuePage queue(
      @RequestParam(defaultValue = "0")
          @Parameter(description = "Only runs after this place: the last one of the page before.")
          long after,
      @RequestParam(defaultValue = "100") @Parameter(description = "At most so many, up to 1000.")
          int limit,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException {
    if (limit < 1 || limit > MOST) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "limit: expected 1 to %d, found %d".formatted(MOST, limit));
    }
    List<QueueRow> rows = new ArrayList<>();
    if (after == 0) {
      rows.addAll(waiting.forSlots(caller, limit));
    }
    List<QueueRow> queued = waiting.queued(caller, after, limit);
    rows.addAll(queued);
    Long last = queued.size() < limit ? null : queued.getLast().position();
    return new QueuePage(
        rows, last == null ? null : "/api/v1/queue?after=%d&limit=%d".formatted(last, limit));
  }
}
