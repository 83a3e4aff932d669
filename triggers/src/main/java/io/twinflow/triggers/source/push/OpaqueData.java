package io.twinflow.triggers.source.push;

import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The texts that a Ceph topic was given to send along, one in each record: the only place where it
 * can show a secret without TLS of its own.
 */
final class OpaqueData {

  private static final String FIELD = "opaqueData";

  private final List<ObjectNode> records = new ArrayList<>();
  private final JsonNode whole;

  private OpaqueData(JsonNode whole) {
    this.whole = whole;
    for (JsonNode each : whole.path("Records")) {
      if (each instanceof ObjectNode fields) {
        records.add(fields);
      }
    }
  }

  /** Of a body that is no notification there is none. */
  static OpaqueData of(byte[] body) {
    try {
      return new OpaqueData(JsonFormat.parse(body));
    } catch (MalformedEventException e) {
      return new OpaqueData(MissingNode.getInstance());
    }
  }

  /** Whether there are records, and each has one that is so. */
  boolean all(Predicate<String> what) {
    return !records.isEmpty()
        && records.stream().allMatch(fields -> what.test(fields.path(FIELD).asString("")));
  }

  /** The body without those that are so; itself if there is none. */
  byte[] without(Predicate<String> what, byte[] body) {
    boolean changed = false;
    for (ObjectNode fields : records) {
      if (what.test(fields.path(FIELD).asString(""))) {
        fields.remove(FIELD);
        changed = true;
      }
    }
    return changed ? whole.toString().getBytes(StandardCharsets.UTF_8) : body;
  }
}
