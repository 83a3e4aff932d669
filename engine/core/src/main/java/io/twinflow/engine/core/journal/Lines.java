package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.EventJson;
import io.twinflow.engine.core.event.UnreadableEventException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * The payload of a frame: the append's id, then the events, a line each. An event of more than 64
 * KiB is a blob, and its line holds the digest.
 */
public final class Lines {

  private static final int EVENT_LIMIT = 64 * 1024;
  private static final String BLOB = "blob";

  private final RunId run;
  private final Blobs blobs;

  public Lines(RunId run, Blobs blobs) {
    this.run = run;
    this.blobs = blobs;
  }

  public byte[] write(String appendId, List<Envelope> events) throws IOException {
    StringBuilder text = new StringBuilder(512 * events.size());
    text.append(ValueJson.write(new StringValue(appendId))).append('\n');
    for (Envelope envelope : events) {
      String body = EventJson.write(envelope.event());
      if (body.length() > EVENT_LIMIT / 3
          && body.getBytes(StandardCharsets.UTF_8).length > EVENT_LIMIT) {
        body = "{\"" + BLOB + "\":\"" + blobs.put(body) + "\"}";
      }
      text.append(EventJson.line(envelope, body)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String appendId(byte[] payload) throws IOException {
    int end = 0;
    while (end < payload.length && payload[end] != '\n') {
      end++;
    }
    try {
      String first = new String(payload, 0, end, StandardCharsets.UTF_8);
      return ValueJson.read(first) instanceof StringValue id ? id.value() : "";
    } catch (InvalidJsonException e) {
      throw new DamagedJournalException("an append without an id", e);
    }
  }

  /** Reads the events after a sequence. */
  public void read(byte[] payload, long after, Consumer<Envelope> reader) throws IOException {
    String text = new String(payload, StandardCharsets.UTF_8);
    int start = text.indexOf('\n') + 1;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      Envelope envelope = event(text.substring(start, end));
      if (envelope.sequence() > after) {
        reader.accept(envelope);
      }
      start = end + 1;
    }
  }

  private Envelope event(String line) throws IOException {
    try {
      RecordValue fields = EventJson.parse(line);
      if (EventJson.body(fields) instanceof RecordValue body
          && body.get(BLOB) instanceof StringValue blob) {
        fields = EventJson.withBody(fields, EventJson.parse(blobs.get(blob.value())));
      }
      return EventJson.read(run, fields);
    } catch (UnreadableEventException e) {
      throw new DamagedJournalException(
          "an event of run %s cannot be read: %s".formatted(run, e.getMessage()), e);
    }
  }
}
