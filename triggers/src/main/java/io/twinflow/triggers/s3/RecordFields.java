package io.twinflow.triggers.s3;

import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One of the {@code Records} of a notification.
 *
 * @param at where it is, for messages
 */
record RecordFields(String at, JsonNode whole) implements ObjectFields {

  private static final String PREFIX = "s3:";
  private static final String CEPH = "ceph:";

  /**
   * MinIO calls them creations; a run that tags what it reads would start itself. They have the
   * sequencer of the object.
   */
  private static final Map<String, String> PUT_ON_OBJECTS =
      Map.of(
          "ObjectCreated:PutTagging", "ObjectTagging:Put",
          "ObjectCreated:DeleteTagging", "ObjectTagging:Delete",
          "ObjectCreated:PutRetention", "ObjectRetention:Put",
          "ObjectCreated:PutLegalHold", "ObjectLegalHold:Put");

  private Fields fields() {
    return new Fields(at, whole);
  }

  /** MinIO writes the prefix, AWS and Ceph do not. */
  @Override
  public String name() throws MalformedEventException {
    String written = fields().required("/eventName");
    String name = written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
    return PUT_ON_OBJECTS.getOrDefault(name, name);
  }

  @Override
  public String source() throws MalformedEventException {
    return "%s.%s.%s"
        .formatted(fields().required("/eventSource"), fields().optional("/awsRegion"), bucket());
  }

  @Override
  public String deployment() {
    String deployment = fields().optional("/responseElements/x-minio-deployment-id");
    return deployment.isEmpty()
        ? fields().optional("/eventSource") + fields().optional("/awsRegion")
        : deployment;
  }

  @Override
  public String bucket() throws MalformedEventException {
    return fields().required("/s3/bucket/name");
  }

  /**
   * Written as in a form, where a plus sign is a space. Ceph writes it as it is, in every version,
   * and its source tells that it is Ceph.
   */
  @Override
  public String key() throws MalformedEventException {
    String key = fields().required("/s3/object/key");
    if (fields().optional("/eventSource").startsWith(CEPH)) {
      return key;
    }
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw fields()
          .mistake("/s3/object/key", "expected a URL-encoded key, found \"%s\"".formatted(key));
    }
  }

  @Override
  public String version() {
    return fields().optional("/s3/object/versionId");
  }

  @Override
  public String etag() {
    return fields().optional("/s3/object/eTag");
  }

  @Override
  public String sequencer() {
    return fields().optional("/s3/object/sequencer");
  }

  @Override
  public long size() {
    return whole.at("/s3/object/size").asLong(-1);
  }

  @Override
  public String mediaType() {
    return fields().optional("/s3/object/contentType");
  }

  @Override
  public String time() throws MalformedEventException {
    return fields().required("/eventTime");
  }
}
