package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.server.notifications.Notification;
import io.twinflow.engine.server.notifications.Target;
import io.twinflow.engine.server.notifications.ToldState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A notification as it is shown. */
@Schema(name = "Notification")
@JsonInclude(JsonInclude.Include.NON_NULL)
record NotificationView(
    String id,
    @Schema(description = "Who wants to be told.") String subject,
    NewNotification.@Nullable Webhook webhook,
    NewNotification.@Nullable Letter mail,
    @Schema(description = "UTC.") Instant created,
    @Schema(description = "One for each state.") List<Told> states,
    @Schema(description = "Where to go on from here.") Map<String, String> links) {

  /** What became of it. */
  @Schema(name = "NotificationState")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Told(
      @Schema(allowableValues = {"running", "overdue", "succeeded", "failed", "cancelled"})
          String state,
      @Schema(description = "How often it was sent, or tried to be.") int tries,
      @Nullable @Schema(description = "Why the last try did not come about.") String problem,
      @Nullable @Schema(description = "UTC; missing while it was not taken.") Instant told,
      @Nullable @Schema(description = "UTC; missing unless it was given up.") Instant givenUp) {}

  static NotificationView of(String run, Notification one) {
    return new NotificationView(
        one.id(),
        one.subject(),
        one.target() instanceof Target.Webhook hook
            ? new NewNotification.Webhook(hook.url(), hook.secret())
            : null,
        one.target() instanceof Target.Letter letter
            ? new NewNotification.Letter(letter.to())
            : null,
        one.created(),
        one.notices().stream().map(NotificationView::told).toList(),
        Map.of("self", Paths.run(run) + "/notifications/" + one.id()));
  }

  private static Told told(Notification.Notice notice) {
    ToldState state = notice.state();
    return new Told(
        state.text(), notice.tries(), notice.problem(), notice.told(), notice.givenUp());
  }
}
