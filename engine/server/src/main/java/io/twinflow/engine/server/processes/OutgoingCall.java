package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.tell.HttpCall;
import io.twinflow.engine.server.tell.NotToBeSentException;
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
final class OutgoingCall {

  /** What belongs to the connection is not for documents to say. */
  private static final Set<String> NOT_THEIRS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te");

  private OutgoingCall() {}

  static HttpCall webhook(Asked asked) throws NotToBeSentException {
    RecordValue told =
        RecordValue.EMPTY
            .with("run", new StringValue(asked.instance()))
            .with("activity", new StringValue(asked.activity()))
            .with("values", asked.payload().get("fields"));
    return HttpCall.webhook(
        url(asked), asked.id().toString(), bytes(ValueJson.write(told)), secret(asked));
  }

  static HttpCall http(Asked asked) throws NotToBeSentException {
    Map<String, String> headers = new LinkedHashMap<>(HttpCall.known(asked.id().toString()));
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
    return new HttpCall(
        text(asked.payload().get("method")),
        url(asked),
        headers,
        bytes,
        HttpCall.Proof.bearer(secret(asked)));
  }

  private static @Nullable String secret(Asked asked) {
    return asked.payload().get("secret") instanceof StringValue(String name) ? name : null;
  }

  private static String header(String name, Value value) throws NotToBeSentException {
    String text = text(value);
    if (NOT_THEIRS.contains(name.toLowerCase(Locale.ROOT))
        || !name.matches("[A-Za-z0-9-]+")
        || text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new NotToBeSentException("the header \"%s\" cannot be sent like this".formatted(name));
    }
    return text;
  }

  private static URI url(Asked asked) throws NotToBeSentException {
    String text = text(asked.payload().get("url"));
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new NotToBeSentException("\"%s\" is no URL: %s".formatted(text, e.getReason()));
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
