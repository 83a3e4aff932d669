package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.triggers.ReceiveEvents;
import io.twinflow.engine.server.triggers.SourceIntakes;
import io.twinflow.triggers.source.ConfiguredSource;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.schedule.ScheduleSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/v1/sources/NAME/backfill}: the times of a schedule that are over. */
@RestController
@Tag(name = "Events")
class BackfillController {

  private static final int MOST = 10_000;
  private static final int TOGETHER = 100;

  private final ReceiveEvents receive;
  private final SourceIntakes intakes;

  BackfillController(ReceiveEvents receive, SourceIntakes intakes) {
    this.receive = receive;
    this.intakes = intakes;
  }

  /** From when to when. */
  @Schema(name = "BackfillRange")
  record Range(
      @Nullable @Schema(description = "The first moment; UTC.") Instant from,
      @Nullable @Schema(description = "The first moment behind it, and not in the future; UTC.")
          Instant to) {}

  /** What came of it. */
  @Schema(name = "Backfilled")
  record Backfilled(
      @Schema(description = "Times of the schedule in this range.") int times,
      @Schema(description = "Of those, the ones that were no events before.") int accepted) {}

  @PostMapping(Paths.ROOT + "/sources/{name}/backfill")
  @Operation(
      operationId = "backfillSource",
      summary = "Make events of times that are over",
      description =
          "Of a schedule: each time in the range is the event that it would have been by itself. What is an event already is none again, so a backfill may be repeated. For administrators.")
  Backfilled backfill(
      @PathVariable @Parameter(description = "As the list of sources tells it.") String name,
      @RequestBody Range range,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws IOException, BadRequestException {
    if (!caller.administrator()) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN,
          "only administrators backfill a source, as its events are for many; ask one of them");
    }
    ConfiguredSource configured = schedule(name);
    List<Message> messages = messages((ScheduleSource) configured.source(), range);
    AtomicInteger accepted = new AtomicInteger();
    Intake intake = intakes.of(configured, (news, known, refused) -> accepted.addAndGet(news));
    for (int i = 0; i < messages.size(); i += TOGETHER) {
      intake.take(messages.subList(i, Math.min(messages.size(), i + TOGETHER)));
    }
    return new Backfilled(messages.size(), accepted.get());
  }

  private ConfiguredSource schedule(String name) {
    List<ConfiguredSource> schedules =
        receive.all().stream().filter(each -> each.source() instanceof ScheduleSource).toList();
    return schedules.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            CheckView.none(
                "schedule", name, schedules.stream().map(ConfiguredSource::name).toList()));
  }

  private static List<Message> messages(ScheduleSource schedule, Range range)
      throws BadRequestException {
    Instant from = given("from", range.from());
    Instant to = given("to", range.to());
    if (to.isAfter(Instant.now())) {
      throw new BadRequestException(
          "to",
          "to: expected a moment that is over, found %s; what is to come, comes".formatted(to));
    }
    List<Message> messages = schedule.between(from, to, MOST);
    if (messages.size() > MOST) {
      throw new BadRequestException(
          "to",
          "to: the schedule has more than %d times from %s to %s; expected a shorter range, several ones after each other"
              .formatted(MOST, from, to));
    }
    return messages;
  }

  private static Instant given(String field, @Nullable Instant moment) throws BadRequestException {
    if (moment == null) {
      throw new BadRequestException(
          field, field + ": is missing; expected a moment such as 2026-11-20T09:30:00Z");
    }
    return moment;
  }
}
