package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody wants to be told, and where. */
@Schema(name = "NewNotification")
record NewNotification(
    @Nullable
        @Schema(
            description =
                "running, succeeded, failed, cancelled, and of processes overdue: a task of a person is, for the first time; without it succeeded, failed and cancelled.",
            example = "[\"succeeded\", \"failed\"]")
        List<String> on,
    @Nullable @Schema(description = "This, or mail.") Webhook webhook,
    @Nullable @Schema(description = "This, or webhook.") Letter mail) {

  /** A call. */
  @Schema(name = "NotificationWebhook")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Webhook(
      @Nullable
          @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "http or https.",
              example = "https://example.org/told")
          String url,
      @Nullable @Schema(description = "The name of a secret of the server, to sign it with.")
          String secret) {}

  /** Mail to people. */
  @Schema(name = "NotificationMail")
  record Letter(
      @Nullable
          @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "[\"ann@example.org\"]")
          List<String> to) {}
}
