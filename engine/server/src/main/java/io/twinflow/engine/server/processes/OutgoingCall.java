package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that a process asks for: one of its own ({@code tw:http}), or a notification ({@code
 * tw:webhook}).
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutgoingCall(String method, URI url, Map<String, String> headers, byte @Nullable [] body) {

  private static final String KEY = "Idempotency-Key";
  private static final String TYPE = "Content-Type";

  /** What belongs to the connection is not for documents to say. */
  private static final Set<String> NOT_THEIRS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te");

  static OutgoingCall of(Asked asked) throws CannotBeDoneException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(KEY, asked.id().toString());
    return asked.kind().equals("webhook") ? webhook(asked, headers) : http(asked, headers);
  }

  private static OutgoingCall webhook(Asked asked, Map<String, String> headers)
      throws CannotBeDoneException {
    headers.put(TYPE, "application/json");
    RecordValue told =
        RecordValue.EMPTY
            .with("run", new StringValue(asked.instance()))
            .with("activity", new StringValue(asked.activity()))
            .with("values", asked.payload().get("fields"));
    return new OutgoingCall("POST", url(asked), headers, bytes(ValueJson.write(told)));
  }

  private static OutgoingCall http(Asked asked, Map<String, String> headers)
      throws CannotBeDoneException {
    if (asked.payload().get("headers") instanceof RecordValue given) {
      for (Map.Entry<String, Value> header : given.fields().entrySet()) {
        headers.put(header.getKey(), header(header.getKey(), header.getValue()));
      }
    }
    Value body = asked.payload().get("body");
    byte[] bytes =
        switch (body) {
          case NullValue _ -> null;
          case StringValue(String text) -> bytes(text);
          default -> bytes(ValueJson.write(body));
        };
    return new OutgoingCall(text(asked.payload().get("method")), url(asked), headers, bytes);
  }

  private static String header(String name, Value value) throws CannotBeDoneException {
    String text = text(value);
    if (NOT_THEIRS.contains(name.toLowerCase(Locale.ROOT))
        || !name.matches("[A-Za-z0-9-]+")
        || text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new CannotBeDoneException(
          FailureKind.USER, "the header \"%s\" cannot be sent like this".formatted(name));
    }
    return text;
  }

  private static URI url(Asked asked) throws CannotBeDoneException {
    String text = text(asked.payload().get("url"));
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new CannotBeDoneException(
          FailureKind.USER, "\"%s\" is no URL: %s".formatted(text, e.getReason()));
    }
  }

  private static String text(Value value) {
    return value instanceof StringValue(String text) ? text : ValueJson.write(value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What {@code tw:output} can name. */
  static RecordValue results(OutgoingUrls.Reply reply) {
    RecordValue headers = RecordValue.EMPTY;
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      headers = headers.with(header.getKey(), new StringValue(header.getValue()));
    }
    return RecordValue.EMPTY
        .with("status", new IntegerValue(reply.status()))
        .with("body", new StringValue(reply.body()))
        .with("headers", headers);
  }
}
