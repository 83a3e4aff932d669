package io.twinflow.triggers.s3;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.Attributes;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A notification of a bucket: an array {@code Records} (AWS, Ceph, MinIO: "Event message
 * structure"), or one event of EventBridge, each as the S3 adapter of CloudEvents 1.0.2 names it.
 */
public final class S3Notification {

  private static final String TEST = "s3:TestEvent";

  private S3Notification() {}

  /**
   * @return an event for each object; none for the one that AWS sends when notifications are set up
   */
  public static List<CloudEvent> read(byte[] body) throws MalformedEventException {
    JsonNode json = JsonFormat.parse(body);
    JsonNode records = json.path("Records");
    if (records.isArray()) {
      List<CloudEvent> events = new ArrayList<>();
      for (JsonNode item : records) {
        events.add(event(new RecordFields("Records[%d]".formatted(events.size()), item)));
      }
      return events;
    }
    if (json.path("Event").asString("").equals(TEST)) {
      return List.of();
    }
    if (json.path("source").asString("").equals(EventBridgeFields.SOURCE)) {
      return List.of(event(new EventBridgeFields(json)));
    }
    throw new MalformedEventException(
        "body",
        "expected a notification of S3: an object with Records, or an event of EventBridge with the source aws.s3");
  }

  private static CloudEvent event(ObjectFields fields) throws MalformedEventException {
    Attributes attributes = new Attributes();
    attributes.put("specversion", "1.0");
    attributes.put("id", ObjectIdentity.of(fields));
    attributes.put("source", fields.source());
    attributes.put("type", S3Object.TYPE + fields.name());
    attributes.put("subject", Attributes.printable(fields.key()));
    attributes.put("time", fields.time());
    return attributes.event(
        "application/json", fields.whole().toString().getBytes(StandardCharsets.UTF_8));
  }
}
