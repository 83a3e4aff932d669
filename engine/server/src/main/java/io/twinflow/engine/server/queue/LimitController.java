package io.twinflow.engine.server.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.queue.Bound;
import io.twinflow.engine.postgres.queue.Bounds;
import io.twinflow.engine.server.security.Caller;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/v1/limits}: administrators read and change them; all servers keep them. */
@RestController
@RequestMapping("/api/v1/limits")
@Tag(name = "Queue")
class LimitController {

  private static final int LONGEST = 200;

  private final Sql sql;
  private final QueueKeeper keeper;

  LimitController(DataSource database, QueueKeeper keeper) {
    this.keeper = keeper;
    this.sql = new Sql(database);
  }

  /** What is limited of one thing. */
  @Schema(name = "Limit")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Limit(
      @Schema(allowableValues = {"site", "subject", "workflow"}) String of,
      @Schema(description = "* for all that have no limit of their own.") String name,
      @Nullable Integer runs,
      @Nullable Integer tasks,
      @Nullable Integer queued) {
    static Limit of(Bound bound) {
      return new Limit(
          bound.kind().word(), bound.name(), bound.runs(), bound.tasks(), bound.queued());
    }
  }

  /** All limits. */
  @Schema(name = "Limits")
  record LimitList(List<Limit> limits) {}

  /** What shall be limited. */
  @Schema(name = "NewLimit")
  record NewLimit(
      @Nullable @Schema(description = "Runs that may have begun and not ended; 0: none begins.")
          Integer runs,
      @Nullable @Schema(description = "Tasks that may be at the site.") Integer tasks,
      @Nullable
          @Schema(
              description =
                  "Runs that may wait for their turn; more are refused with status 429. Of the site *: of all subjects together.")
          Integer queued) {}

  @GetMapping
  @Operation(summary = "List the limits", description = "What is not listed is not limited.")
  LimitList list(@Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException {
    onlyAdministrators(caller);
    return new LimitList(Bounds.read(sql, caller.tenant()).all().stream().map(Limit::of).toList());
  }

  @PutMapping("/{of}/{name}")
  @Operation(
      summary = "Limit a site, a subject or a workflow",
      description =
          "In the place of what was limited of it; what is missing is not limited. What runs already goes on. Other servers follow within a second.")
  Limit set(
      @PathVariable @Parameter(description = "site, subject or workflow") String of,
      @PathVariable @Parameter(description = "Its name; * for all without a limit of their own.")
          String name,
      @RequestBody NewLimit wanted,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException {
    onlyAdministrators(caller);
    Bound.Kind kind = kind(of);
    if (name.isBlank() || name.length() > LONGEST || name.indexOf(0) >= 0) {
      throw wrong("name: expected 1 to %d characters".formatted(LONGEST));
    }
    if (kind == Bound.Kind.WORKFLOW && wanted.queued() != null) {
      throw wrong("queued: what waits is limited of a subject, or of the site *");
    }
    if (kind == Bound.Kind.SITE && !name.equals(Bound.ANY) && wanted.queued() != null) {
      throw wrong("queued: the queue is one for all sites; limit it as that of the site *");
    }
    Bound bound =
        new Bound(
            kind,
            name,
            checked("runs", wanted.runs()),
            checked("tasks", wanted.tasks()),
            checked("queued", wanted.queued()));
    Bounds.set(sql, caller.tenant(), bound);
    keeper.limitsChanged();
    return Limit.of(bound);
  }

  @DeleteMapping("/{of}/{name}")
  @Operation(summary = "Take a limit away")
  @ApiResponse(responseCode = "204", description = "There is none any more.")
  ResponseEntity<Void> remove(
      @PathVariable @Parameter(description = "site, subject or workflow") String of,
      @PathVariable @Parameter(description = "Its name, or *.") String name,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException {
    onlyAdministrators(caller);
    if (!Bounds.remove(sql, caller.tenant(), kind(of), name)) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "no limit of the %s %s is set".formatted(of, name));
    }
    keeper.limitsChanged();
    return ResponseEntity.noContent().build();
  }

  private static Bound.Kind kind(String of) {
    for (Bound.Kind kind : Bound.Kind.values()) {
      if (kind.word().equals(of)) {
        return kind;
      }
    }
    throw wrong("\"%s\" cannot be limited; expected site, subject or workflow".formatted(of));
  }

  private static @Nullable Integer checked(String field, @Nullable Integer value) {
    if (value != null && value < 0) {
      throw wrong("%s: expected a number from 0 on, found %d".formatted(field, value));
    }
    return value;
  }

  private static void onlyAdministrators(Caller caller) {
    if (!caller.administrator()) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "only an administrator sees and changes limits");
    }
  }

  private static ResponseStatusException wrong(String detail) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
  }
}
