package io.twinflow.triggers.rule;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.s3.S3Object;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as expressions see them: {@code self} is the last one, {@code inputs.events} are all, each
 * as its JSON format writes it, with the {@code object} of a bucket that it is about, and the
 * {@code parts} of its subject between slashes.
 */
final class EventValues {

  private EventValues() {}

  /**
   * @param events at least one, in the order in which they came
   * @param decided of them before; null if nothing was
   */
  static ExpressionContext context(List<CloudEvent> events, @Nullable RecordValue decided) {
    return context(events, List.of(), decided == null ? Map.of() : Map.of(Decide.WORD, decided));
  }

  /** For references alone, which take no time to speak of. */
  static ExpressionContext withoutJavaScript(CloudEvent event) {
    return context(List.of(event), null, Map.of());
  }

  private static ExpressionContext context(
      List<CloudEvent> events, @Nullable List<String> lib, Map<String, Value> more) {
    List<Value> values = events.stream().map(EventValues::value).toList();
    return new ExpressionContext(
        new RecordValue(Map.of("events", new ListValue(values))),
        values.getLast(),
        null,
        lib,
        more);
  }

  private static Value value(CloudEvent event) {
    ObjectNode json = JsonFormat.write(event);
    String subject = event.getSubject();
    if (subject != null) {
      ArrayNode parts = json.putArray("parts");
      for (String part : subject.split("/", -1)) {
        parts.add(part);
      }
    }
    S3Object.of(event).ifPresent(object -> json.set("object", json(json, object)));
    try {
      return ValueJson.read(json.toString());
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("an event was written as no JSON", e);
    }
  }

  private static ObjectNode json(ObjectNode maker, S3Object object) {
    ObjectNode json = maker.objectNode();
    json.put("bucket", object.bucket());
    json.put("key", object.key());
    json.put("location", object.location());
    if (object.size() >= 0) {
      json.put("size", object.size());
    }
    json.put("etag", object.etag());
    json.put("version", object.version());
    return json;
  }
}
