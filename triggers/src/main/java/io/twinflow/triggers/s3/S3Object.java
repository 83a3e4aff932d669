package io.twinflow.triggers.s3;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The object that an event is about. Texts are empty where nothing is told.
 *
 * @param key decoded, also what no attribute may hold
 * @param size in bytes; negative where it is not told
 */
public record S3Object(
    String bucket, String key, long size, String etag, String version, String mediaType) {

  /** How the types of these events begin, as the S3 adapter of CloudEvents 1.0.2 names them. */
  public static final String TYPE = "com.amazonaws.s3.";

  private static final String CREATED = "ObjectCreated:";

  /** Empty for an event of something else. */
  public static Optional<S3Object> of(CloudEvent event) {
    CloudEventData data = event.getData();
    if (data == null || !event.getType().startsWith(TYPE)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JsonFormat.parse(data.toBytes());
      ObjectFields fields =
          json.has("s3") ? new RecordFields("data", json) : new EventBridgeFields(json);
      return Optional.of(
          new S3Object(
              fields.bucket(),
              fields.key(),
              fields.size(),
              fields.etag(),
              fields.version(),
              fields.mediaType()));
    } catch (MalformedEventException e) {
      // Anybody may send an event of this type over HTTP, with whatever data.
      return Optional.empty();
    }
  }

  /** Whether it tells of new content. */
  public static boolean isMade(CloudEvent event) {
    return event.getType().startsWith(TYPE + CREATED);
  }

  /** As workflows name it: {@code s3://bucket/key}, the key percent-encoded (RFC 3986). */
  public String location() {
    return "s3://"
        + bucket
        + "/"
        + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
