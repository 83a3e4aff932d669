package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudevents.CloudEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.triggers.inbox.KeptEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of the inbox, in short. */
@Schema(name = "Event")
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(
    @Schema(description = "Its place in the inbox; later ones have greater numbers.") long number,
    String source,
    String id,
    String type,
    @Nullable @Schema(description = "What of the source it is about, as an object's key.")
        String subject,
    @Nullable @Schema(description = "When it happened, as its source says; UTC.") Instant time,
    @Schema(description = "When it was kept; UTC.") Instant received,
    @Schema(description = "Whose token it came with.") String sender,
    @Schema(description = "Size of its data.") long bytes,
    @Schema(
            description =
                "new until the triggers were asked about it; then matched, unmatched or refused.")
        String state,
    @Nullable @Schema(description = "Why it was refused.") String reason,
    Map<String, String> links) {

  static EventView of(KeptEvent kept) {
    CloudEvent event = kept.event();
    OffsetDateTime time = event.getTime();
    return new EventView(
        kept.number(),
        event.getSource().toString(),
        event.getId(),
        event.getType(),
        event.getSubject(),
        time == null ? null : time.toInstant(),
        kept.received(),
        kept.sender(),
        kept.bytes(),
        kept.state(),
        kept.reason(),
        Map.of(
            "self",
            EventController.EVENTS + "/" + kept.number(),
            "firings",
            FiringController.FIRINGS + "?event=" + kept.number()));
  }
}
