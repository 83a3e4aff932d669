package io.twinflow.triggers.dcache;

import io.cloudevents.CloudEvent;
import io.twinflow.engine.core.plan.Digests;
import io.twinflow.triggers.cloudevents.Attributes;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A record that dCache sends to Kafka (The dCache Book, "Kafka producer"): of a door's request, a
 * transfer, a removal, a tape. Files that were written, and files that were removed, are events.
 */
public final class BillingRecord {

  private static final String WRITTEN = "io.twinflow.dcache.file";
  private static final String REMOVED = "io.twinflow.dcache.removed";

  private BillingRecord() {}

  /**
   * Empty for what is neither written nor removed, or was without success.
   *
   * @param channel the source of its event
   */
  public static Optional<CloudEvent> read(URI channel, byte[] body) throws MalformedEventException {
    JsonNode record = JsonFormat.parse(body);
    if (!record.isObject() || !record.path("msgType").isString()) {
      throw new MalformedEventException(
          "msgType", "expected a record of dCache: an object that says what it is of");
    }
    Optional<String> type = type(record);
    return type.isEmpty() ? Optional.empty() : Optional.of(event(type.get(), channel, record));
  }

  private static Optional<String> type(JsonNode record) {
    if (record.at("/status/code").asInt(-1) != 0) {
      return Optional.empty();
    }
    return switch (text(record, "msgType")) {
      case "transfer" -> isWritten(record) ? Optional.of(WRITTEN) : Optional.empty();
      case "remove" -> Optional.of(REMOVED);
      default -> Optional.empty();
    };
  }

  /**
   * It says "write" or "read" of what others call true and false; copies of pools are written too.
   */
  private static boolean isWritten(JsonNode record) {
    return text(record, "isWrite").equals("write") && !record.path("isP2p").asBoolean(false);
  }

  private static CloudEvent event(String type, URI channel, JsonNode record)
      throws MalformedEventException {
    Attributes attributes = new Attributes();
    attributes.put("specversion", "1.0");
    attributes.put("id", id(record));
    attributes.put("source", channel.toString());
    attributes.put("type", type);
    attributes.put("subject", Attributes.printable(path(record)));
    String date = text(record, "date");
    if (!date.isEmpty()) {
      attributes.put("time", date);
    }
    return attributes.event("application/json", record.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** That of the namespace; while it is uploaded a file may have another one. */
  private static String path(JsonNode record) throws MalformedEventException {
    return Stream.of("billingPath", "transferPath")
        .map(field -> text(record, field))
        .filter(path -> path.startsWith("/"))
        .findFirst()
        .orElseThrow(() ->
            new MalformedEventException(
                "billingPath",
                "expected a path of dCache, found \"%s\"".formatted(text(record, "billingPath"))));
  }

  /** A producer sends again what it does not know to have arrived. */
  private static String id(JsonNode record) throws MalformedEventException {
    if (text(record, "pnfsid").isEmpty()) {
      throw new MalformedEventException("pnfsid", "it is missing; every file has one");
    }
    return Digests.sha256(
        Stream.of("msgType", "pnfsid", "session", "transaction", "date", "cellName", "cellDomain")
            .map(field -> text(record, field))
            .collect(Collectors.joining("\0")));
  }

  private static String text(JsonNode record, String field) {
    return record.path(field).asString("");
  }
}
