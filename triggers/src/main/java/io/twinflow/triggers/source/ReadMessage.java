package io.twinflow.triggers.source;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.twinflow.triggers.cloudevents.Attributes;
import io.twinflow.triggers.cloudevents.JsonFormat;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.cloudevents.MediaTypes;
import io.twinflow.triggers.dcache.BillingRecord;
import io.twinflow.triggers.git.GitHook;
import io.twinflow.triggers.inbox.Arrival;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.s3.S3Notification;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of a message. What cannot be read is one of its own, refused, with the reason.
 *
 * @param usualType the media type of messages that do not say theirs; null for none
 */
record ReadMessage(Format format, @Nullable String usualType) {

  List<Arrival> of(Message message) {
    try {
      List<CloudEvent> events = events(message);
      events.forEach(ReadMessage::checkSize);
      return events.stream().map(event -> new Arrival(event, null, message.audience())).toList();
    } catch (MalformedEventException e) {
      return List.of(refused(message, e.attribute() + ": " + e.getMessage()));
    } catch (TooLarge e) {
      return List.of(refused(message, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      // What a stranger can send must not keep those behind it from being received.
      return List.of(refused(message, "it cannot be read: " + e));
    }
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge(int bytes) {
      super(
          "its data has %d bytes, and may have %d; keep them in a store and name them by the attribute dataref"
              .formatted(bytes, Inbox.MOST_DATA));
    }
  }

  private static void checkSize(CloudEvent event) {
    CloudEventData data = event.getData();
    if (data != null && data.toBytes().length > Inbox.MOST_DATA) {
      throw new TooLarge(data.toBytes().length);
    }
  }

  private List<CloudEvent> events(Message message) throws MalformedEventException {
    if (format == Format.S3) {
      return S3Notification.read(message.body());
    }
    if (format == Format.GIT) {
      return GitHook.read(message.body()).stream().toList();
    }
    if (format == Format.DCACHE) {
      return BillingRecord.read(message.channel(), message.body()).stream().toList();
    }
    if (!message.attributes().isEmpty()) {
      Attributes attributes = new Attributes();
      for (Map.Entry<String, String> attribute : message.attributes().entrySet()) {
        attributes.put(attribute.getKey(), attribute.getValue());
      }
      return List.of(attributes.event(message.contentType(), message.body()));
    }
    return switch (MediaTypes.plain(message.contentType())) {
      case JsonFormat.EVENT -> List.of(JsonFormat.read(message.body()));
      case JsonFormat.BATCH -> JsonFormat.readBatch(message.body());
      default -> List.of(plain(message, message.body()));
    };
  }

  private Arrival refused(Message message, String reason) {
    boolean large = message.body().length > Inbox.MOST_DATA;
    try {
      return new Arrival(plain(message, large ? null : message.body()), reason, message.audience());
    } catch (MalformedEventException e) {
      throw new IllegalStateException("a source named a message so: " + message.id(), e);
    }
  }

  private CloudEvent plain(Message message, byte @Nullable [] data) throws MalformedEventException {
    Attributes attributes = new Attributes();
    attributes.put("specversion", "1.0");
    attributes.put("id", Attributes.printable(message.id()));
    attributes.put("source", message.channel().toString());
    attributes.put("type", message.type());
    if (message.subject() != null && !message.subject().isEmpty()) {
      attributes.put("subject", shortened(Attributes.printable(message.subject())));
    }
    if (message.time() != null) {
      attributes.put("time", message.time().toString());
    }
    String type = message.contentType() == null ? usualType : message.contentType();
    return attributes.event(type == null ? null : shortened(Attributes.printable(type)), data);
  }

  private static String shortened(String text) {
    return text.length() <= Attributes.LONGEST ? text : text.substring(0, Attributes.LONGEST);
  }
}
