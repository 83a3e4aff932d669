package io.twinflow.engine.cli.client;

import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.List;

/** What a server says is wrong, from problem details (RFC 9457), in lines for a person. */
final class Problem {

  private static final int UNAUTHORIZED = 401;
  private static final int MOST = 500;

  private Problem() {}

  static String text(int status, String body) {
    try {
      if (ValueJson.read(body) instanceof RecordValue problem) {
        return text(status, problem);
      }
    } catch (InvalidJsonException e) {
      // Then it is what a proxy says, or nothing.
    }
    String start = body.strip();
    return "the server answers %d: %s"
        .formatted(status, start.substring(0, Math.min(MOST, start.length())));
  }

  private static String text(int status, RecordValue problem) {
    List<String> lines = new ArrayList<>();
    if (problem.get("errors") instanceof ListValue errors) {
      for (Value error : errors.items()) {
        if (error instanceof RecordValue finding) {
          lines.add(string(finding, "at") + ": " + string(finding, "message"));
        }
      }
    }
    if (lines.isEmpty()) {
      String detail = string(problem, "detail");
      lines.add(detail.isEmpty() ? status + " " + string(problem, "title") : detail);
    }
    if (status == UNAUTHORIZED) {
      lines.add("The token is wrong, has expired or was revoked.");
    }
    return String.join("\n", lines);
  }

  private static String string(RecordValue record, String field) {
    return record.get(field) instanceof StringValue text ? text.value() : "";
  }
}
