package io.twinflow.triggers.inbox;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.twinflow.engine.core.plan.Digests;
import io.twinflow.triggers.cloudevents.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row that is to be.
 *
 * @param identity SHA-256 of source and id
 * @param attributes as JSON
 * @param refused why no trigger is to see it; null if they are
 * @param audience whose triggers alone are to; null for all
 */
record NewEvent(
    Sender sender,
    ByteBuffer identity,
    CloudEvent event,
    String attributes,
    @Nullable String refused,
    @Nullable String audience) {

  static NewEvent of(Sender sender, Arrival arrival) {
    CloudEvent event = arrival.event();
    return new NewEvent(
        sender,
        ByteBuffer.wrap(identity(event)),
        event,
        JsonFormat.writeAttributes(event).toString(),
        arrival.refused(),
        arrival.audience());
  }

  byte @Nullable [] data() {
    CloudEventData data = event.getData();
    return data == null ? null : data.toBytes();
  }

  /** No text of an event holds a NUL. */
  private static byte[] identity(CloudEvent event) {
    return Digests.start()
        .digest((event.getSource() + "\0" + event.getId()).getBytes(StandardCharsets.UTF_8));
  }

  /** What makes two rows one. */
  record Key(Sender sender, ByteBuffer identity) {}

  Key key() {
    return new Key(sender, identity);
  }
}
