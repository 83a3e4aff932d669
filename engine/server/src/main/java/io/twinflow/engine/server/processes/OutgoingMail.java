package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.server.tell.Mail;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.List;

/** A mail that a process asks for ({@code tw:mail}). */
final class OutgoingMail {

  private OutgoingMail() {}

  static Mail of(Asked asked) {
    return new Mail(
        asked.id().toString(),
        addresses(asked.payload().get("to")),
        text(asked.payload().get("subject")),
        text(asked.payload().get("text")),
        asked.created());
  }

  /** An expression may give several at once. */
  private static List<String> addresses(Value to) {
    List<String> addresses = new ArrayList<>();
    switch (to) {
      case ListValue list -> list.items().forEach(item -> addresses.addAll(addresses(item)));
      case NullValue _ -> {}
      default -> addresses.add(text(to).strip());
    }
    return addresses;
  }

  private static String text(Value value) {
    return switch (value) {
      case StringValue(String text) -> text;
      case NullValue _ -> "";
      default -> ValueJson.write(value);
    };
  }
}
