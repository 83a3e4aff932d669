package io.twinflow.triggers.s3;

import io.twinflow.triggers.cloudevents.MalformedEventException;
import tools.jackson.databind.JsonNode;

/** What the two shapes of notifications have in common. Texts are empty where there is none. */
interface ObjectFields {

  /** Without a prefix, as {@code ObjectCreated:Put}. */
  String name() throws MalformedEventException;

  String source() throws MalformedEventException;

  /** Which installation of the store it is, where that is told. */
  String deployment();

  String bucket() throws MalformedEventException;

  /** Decoded. */
  String key() throws MalformedEventException;

  String version();

  String etag();

  String sequencer();

  /** In bytes; negative where it is not told. */
  long size();

  /** Of the content; MinIO tells it. */
  String mediaType();

  String time() throws MalformedEventException;

  JsonNode whole();
}
