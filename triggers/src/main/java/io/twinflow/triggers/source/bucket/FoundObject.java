package io.twinflow.triggers.source.bucket;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.s3.S3Notification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object of which no notification came, told as a notification would have. */
public final class FoundObject {

  private static final String NAME = "ObjectCreated:Sweep";
  private static final int HEXADECIMAL = 16;

  private FoundObject() {}

  public static CloudEvent event(Bucket bucket, ListedObject object) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    ObjectNode notification = whole.putArray("Records").addObject();
    notification.put("eventVersion", "2.1");
    notification.put("eventSource", "twinflow:s3");
    notification.put("awsRegion", bucket.region());
    notification.put("eventTime", object.modified().toString());
    notification.put("eventName", NAME);
    ObjectNode s3 = notification.putObject("s3");
    s3.putObject("bucket").put("name", bucket.name());
    ObjectNode fields = s3.putObject("object");
    fields.put("key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8));
    fields.put("size", object.size());
    fields.put("eTag", object.etag());
    fields.put("sequencer", Long.toString(object.modified().toEpochMilli(), HEXADECIMAL));
    try {
      return S3Notification.read(whole.toString().getBytes(StandardCharsets.UTF_8)).getFirst();
    } catch (MalformedEventException e) {
      throw new IllegalStateException("an object of a listing cannot be told: " + object.key(), e);
    }
  }
}
