package io.twinflow.engine.core.event;

import io.twinflow.engine.core.RunId;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** Envelopes as one line of JSON each, and back. The run is not in the line: its journal is. */
public final class EventJson {

  private EventJson() {}

  /** The event alone, without its envelope. */
  public static String write(Event event) {
    return ValueJson.write(EventWriter.fields(event));
  }

  /**
   * The envelope with its event as {@link #write(Event)} made it, or with a stand-in.
   *
   * @param body the JSON text of the event or of what stands for it
   */
  public static String line(Envelope envelope, String body) {
    Fields head =
        new Fields()
            .put("seq", envelope.sequence())
            .put("type", EventTypes.name(envelope.event()))
            .put("v", EventTypes.version(envelope.event()))
            .putText("time", envelope.time())
            .put("tenant", envelope.tenant())
            .put("actor", envelope.actor())
            .put("engine", envelope.engineVersion());
    String text = ValueJson.write(head.record());
    return text.substring(0, text.length() - 1) + ",\"event\":" + body + "}";
  }

  /** The JSON object of a line. */
  public static RecordValue parse(String line) throws UnreadableEventException {
    try {
      if (ValueJson.read(line) instanceof RecordValue fields) {
        return fields;
      }
      throw new UnreadableEventException("expected a JSON object");
    } catch (InvalidJsonException e) {
      throw new UnreadableEventException(String.valueOf(e.getMessage()));
    }
  }

  /** The event of a parsed line, where it stands in the line itself. */
  public static Value body(RecordValue line) {
    return line.get("event");
  }

  /** A parsed line whose stand-in gives way to the event it stands for. */
  public static RecordValue withBody(RecordValue line, Value body) {
    Map<String, Value> fields = new LinkedHashMap<>(line.fields());
    fields.put("event", body);
    return new RecordValue(fields);
  }

  /**
   * @param run whose journal the line stands in
   * @param line as {@link #parse} gave it, with the event itself in it
   * @throws UnreadableEventException if the type is unknown, or of a newer version
   */
  public static Envelope read(RunId run, RecordValue line) throws UnreadableEventException {
    FieldReader head = new FieldReader("event", line);
    String type = head.text("type");
    int version =
        line.get("v") instanceof IntegerValue v ? Math.toIntExact(v.value()) : head.count("v");
    RecordValue fields =
        Upcasts.ALL.upcast(type, version, EventTypes.version(type), head.record("event"));
    return new Envelope(
        head.text("tenant"),
        run,
        head.number("seq"),
        head.instant("time"),
        head.text("actor"),
        head.text("engine"),
        EventReader.read(type, new FieldReader(type, fields)));
  }
}
