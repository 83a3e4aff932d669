package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.EventJson;
import io.twinflow.engine.core.event.UnreadableEventException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    try {
      String first =
          new String(payload, 0, LineHeads.firstLine(payload), StandardCharsets.UTF_8).strip();
      return ValueJson.read(first) instanceof StringValue id ? id.value() : "";
    } catch (InvalidJsonException e) {
      throw new DamagedJournalException("an append without an id", e);
    }
  }

  /** Reads the events after a sequence. */
  public void read(byte[] payload, long after, Consumer<Envelope> reader) throws IOException {
    if (after > 0 && LineHeads.last(payload).orElse(Long.MAX_VALUE) <= after) {
      return;
    }
    try {
      ValueJson.readAll(
          payload,
          LineHeads.firstLine(payload),
          line -> {
            Envelope envelope = event(line);
            if (envelope.sequence() > after) {
              reader.accept(envelope);
            }
          });
    } catch (InvalidJsonException e) {
      throw unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private Envelope event(Value line) throws IOException {
    try {
      if (!(line instanceof RecordValue fields)) {
        throw unreadable("expected a JSON object", null);
      }
      if (EventJson.body(fields) instanceof RecordValue body
          && body.get(BLOB) instanceof StringValue blob) {
        return EventJson.read(
            run, EventJson.withBody(fields, EventJson.parse(blobs.get(blob.value()))));
      }
      return EventJson.read(run, fields);
    } catch (UnreadableEventException e) {
      throw unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private DamagedJournalException unreadable(String why, @Nullable Exception cause) {
    return new DamagedJournalException(
        "an event of run %s cannot be read: %s".formatted(run, why), cause);
  }
}
