package io.twinflow.triggers.s3;

import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An event that AWS EventBridge passes on; its keys are not encoded. */
record EventBridgeFields(JsonNode whole) implements ObjectFields {

  static final String SOURCE = "aws.s3";

  /** As notifications call the same. */
  private static final Map<String, String> NAMES =
      Map.of(
          "Object Restore Initiated", "ObjectRestore:Post",
          "Object Restore Completed", "ObjectRestore:Completed",
          "Object Restore Expired", "ObjectRestore:Delete",
          "Object Tags Added", "ObjectTagging:Put",
          "Object Tags Deleted", "ObjectTagging:Delete",
          "Object ACL Updated", "ObjectAcl:Put",
          "Object Storage Class Changed", "LifecycleTransition",
          "Object Access Tier Changed", "IntelligentTiering");

  /** Reasons of creations; a deletion tells its kind. */
  private static final Map<String, String> WAYS =
      Map.of(
          "PutObject", "Put",
          "POST Object", "Post",
          "CopyObject", "Copy",
          "Delete Marker Created", "DeleteMarkerCreated",
          "Permanently Deleted", "Delete");

  private Fields fields() {
    return new Fields("", whole);
  }

  @Override
  public String name() throws MalformedEventException {
    String type = fields().required("/detail-type");
    return switch (type) {
      case "Object Created" -> "ObjectCreated:" + way("/detail/reason", "Put");
      case "Object Deleted" -> "ObjectRemoved:" + way("/detail/deletion-type", "Delete");
      default -> NAMES.getOrDefault(type, type.replace(" ", ""));
    };
  }

  private String way(String field, String usual) {
    String told = fields().optional(field);
    return told.isEmpty() ? usual : WAYS.getOrDefault(told, told.replace(" ", ""));
  }

  @Override
  public String source() throws MalformedEventException {
    return "aws:s3.%s.%s".formatted(fields().optional("/region"), bucket());
  }

  @Override
  public String deployment() {
    return "aws:s3" + fields().optional("/region");
  }

  @Override
  public String bucket() throws MalformedEventException {
    return fields().required("/detail/bucket/name");
  }

  @Override
  public String key() throws MalformedEventException {
    return fields().required("/detail/object/key");
  }

  @Override
  public String version() {
    return fields().optional("/detail/object/version-id");
  }

  @Override
  public String etag() {
    return fields().optional("/detail/object/etag");
  }

  @Override
  public String sequencer() {
    return fields().optional("/detail/object/sequencer");
  }

  @Override
  public long size() {
    return whole.at("/detail/object/size").asLong(-1);
  }

  @Override
  public String mediaType() {
    return "";
  }

  @Override
  public String time() throws MalformedEventException {
    return fields().required("/time");
  }
}
