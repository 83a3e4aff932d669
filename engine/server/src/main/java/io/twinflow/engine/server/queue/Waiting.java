package io.twinflow.engine.server.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why something does not run yet. */
@Schema(name = "Waiting")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Waiting(
    @Schema(
            description = "A word for programs.",
            allowableValues = {
              "turn",
              "limit.subject",
              "limit.workflow",
              "limit.site",
              "site.busy",
              "site.resources",
              "retry",
              "paused",
              "preparing"
            })
        String code,
    @Schema(description = "A sentence for people.") String reason,
    @Nullable @Schema(description = "UTC, if it is known.") Instant since) {

  static Waiting of(String code, String reason) {
    return new Waiting(code, reason, null);
  }
}
