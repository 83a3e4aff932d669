package io.twinflow.engine.server.notifications;

import io.twinflow.engine.server.notifications.Outbox.Due;
import io.twinflow.engine.server.runs.PublicText;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.tell.Mail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is told of a run: the same each time it is sent. */
@Component
final class WriteNotice {

  private final JsonMapper json;

  WriteNotice(JsonMapper json) {
    this.json = json;
  }

  /** With the fields that Standard Webhooks proposes: type, timestamp and data. */
  byte[] json(Due due, RunRow run) {
    ToldState state = due.state();
    String at = at(due, run).toString();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("run", run.id().value());
    data.put("workflow", run.workflow());
    data.put("kind", run.kind().text());
    data.put("state", state.text());
    data.put("labels", run.labels());
    data.put("created", run.created().toString());
    if (state.isEnd()) {
      data.put("ended", at);
      data.put("failure", failure(run));
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("type", "run." + state.text());
    told.put("timestamp", at);
    told.put("data", data);
    return json.writeValueAsString(told).getBytes(StandardCharsets.UTF_8);
  }

  Mail mail(Due due, List<String> to, RunRow run) {
    ToldState state = due.state();
    StringBuilder text = new StringBuilder();
    text.append("The run %s of %s: %s.\n\n".formatted(run.id(), run.workflow(), state.text()));
    text.append("Created: %s\n".formatted(run.created()));
    if (state.isEnd()) {
      text.append("Ended:   %s\n".formatted(at(due, run)));
    }
    run.labels().forEach((name, value) -> text.append("%s = %s\n".formatted(name, value)));
    String failure = failure(run);
    if (failure != null && state == ToldState.FAILED) {
      text.append("\n").append(failure).append("\n");
    }
    String subject = "%s: %s (%s)".formatted(run.workflow(), state.text(), run.id());
    return new Mail(
        due.key(), to, subject.replaceAll("\\p{Cntrl}", " "), text.toString(), at(due, run));
  }

  private static @Nullable String failure(RunRow run) {
    String failure = run.failure();
    return failure == null ? null : PublicText.of(failure);
  }

  private static Instant at(Due due, RunRow run) {
    Instant at =
        switch (due.state()) {
          case RUNNING -> run.started();
          case OVERDUE -> due.ready();
          case SUCCEEDED, FAILED, CANCELLED -> run.ended();
        };
    return at == null ? run.created() : at;
  }
}
