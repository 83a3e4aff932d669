package io.twinflow.engine.server.seen.trace;

import io.twinflow.engine.core.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Spans as the body of an export (OTLP 1, "JSON Protobuf encoding"): ids in hexadecimal digits,
 * whole numbers of 64 bits as texts. Written here, because an SDK measures the spans it sends, and
 * these have times and ids already.
 */
final class OtlpBody {

  private static final int ERROR = 2;
  private static final long NANOS = 1_000_000_000L;

  private final JsonMapper json;

  OtlpBody(JsonMapper json) {
    this.json = json;
  }

  String of(RunId run, String trace, List<Span> spans) {
    ObjectNode body = json.createObjectNode();
    ObjectNode resourceSpans = body.putArray("resourceSpans").addObject();
    attributes(
        resourceSpans.putObject("resource").putArray("attributes"),
        Map.of("service.name", "twinflow"));
    ObjectNode scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
    scopeSpans.putObject("scope").put("name", "io.twinflow.run");
    ArrayNode array = scopeSpans.putArray("spans");
    spans.forEach(span -> span(array.addObject(), run, trace, span));
    return json.writeValueAsString(body);
  }

  private static void span(ObjectNode out, RunId run, String trace, Span span) {
    out.put("traceId", trace).put("spanId", span.id());
    if (span.parent() != null) {
      out.put("parentSpanId", span.parent());
    }
    out.put("name", span.name()).put("kind", span.kind().number());
    out.put("startTimeUnixNano", nanos(span.start())).put("endTimeUnixNano", nanos(span.end()));
    ArrayNode attributes = out.putArray("attributes");
    attributes(attributes, Map.of("twinflow.run", run.value()));
    attributes(attributes, span.attributes());
    if (span.problem() != null) {
      out.putObject("status").put("code", ERROR).put("message", span.problem());
    }
  }

  private static void attributes(ArrayNode out, Map<String, ?> attributes) {
    attributes.forEach((name, value) -> {
      ObjectNode typed = out.addObject().put("key", name).putObject("value");
      if (value instanceof Long number) {
        typed.put("intValue", Long.toString(number));
      } else {
        typed.put("stringValue", String.valueOf(value));
      }
    });
  }

  private static String nanos(Instant time) {
    return Long.toString(time.getEpochSecond() * NANOS + time.getNano());
  }
}
