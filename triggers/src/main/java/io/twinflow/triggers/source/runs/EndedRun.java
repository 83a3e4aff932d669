package io.twinflow.triggers.source.runs;

import io.cloudevents.CloudEvent;
import io.twinflow.triggers.cloudevents.Attributes;
import io.twinflow.triggers.cloudevents.MalformedEventException;
import io.twinflow.triggers.firing.Chain;
import io.twinflow.triggers.inbox.Inbox;
import io.twinflow.triggers.source.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run that has ended, as the database lists it.
 *
 * @param subject whose it is
 * @param version SHA-256 of the workflow
 * @param kind cwl or bpmn
 * @param chain how many runs led to its end, each triggered by the end of the one before; see
 *     {@link Chain}
 */
record EndedRun(
    String tenant,
    String id,
    String subject,
    String workflow,
    String version,
    String kind,
    String state,
    Map<String, String> labels,
    Instant created,
    Instant ended,
    int chain) {

  private static final URI SOURCE = URI.create("/api/v1/runs");
  private static final String TYPE = "io.twinflow.run.ended";
  private static final String TRIGGER = "trigger";

  /** Room for all that is beside the outputs, or the outputs go. */
  private static final int MOST_DATA = Inbox.MOST_DATA;

  private static final int MOST_WORDS = 4096;
  private static final JsonMapper JSON = JsonMapper.shared();

  EndedRun {
    labels = Map.copyOf(labels);
  }

  /** What the subjects of all events of a workflow's runs begin with. */
  static String subjects(String workflow) {
    return Attributes.printable(shortened(workflow, MOST_WORDS / 2)) + "/";
  }

  /** The end of a run is one event, whoever tells it how often. */
  Message message(RunResults.Result result) {
    byte[] whole = data(result).toString().getBytes(StandardCharsets.UTF_8);
    byte[] data =
        whole.length <= MOST_DATA
            ? whole
            : data(new RunResults.Result(
                    null,
                    "they are too large for an event; GET %s/%s/outputs has them"
                        .formatted(SOURCE, id),
                    result.failureKind(),
                    result.failure()))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    return new Message(
        SOURCE, id, TYPE, attributes(), "application/json", null, ended, data, subject);
  }

  /** Of an event of such a run, for who must tell what would see it. */
  CloudEvent likeness() {
    try {
      Attributes attributes = new Attributes();
      for (Map.Entry<String, String> each : attributes().entrySet()) {
        attributes.put(each.getKey(), each.getValue());
      }
      return attributes.event("application/json", null);
    } catch (MalformedEventException e) {
      throw new IllegalStateException("the end of a run is no event: " + e.attribute(), e);
    }
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", id);
    attributes.put("source", SOURCE.toString());
    attributes.put("type", TYPE);
    attributes.put("subject", subjects(workflow) + id);
    attributes.put("time", ended.toString());
    attributes.put("state", state.toLowerCase(Locale.ROOT));
    attributes.put(Chain.ATTRIBUTE, Integer.toString(chain));
    String trigger = Attributes.printable(labels.getOrDefault(TRIGGER, ""));
    if (!trigger.isEmpty()) {
      attributes.put(TRIGGER, shortened(trigger, MOST_WORDS));
    }
    return attributes;
  }

  private ObjectNode data(RunResults.Result result) {
    ObjectNode data = JSON.createObjectNode();
    data.put("run", id);
    data.put("workflow", workflow);
    data.put("version", version);
    data.put("kind", kind);
    data.put("state", state.toLowerCase(Locale.ROOT));
    data.put("subject", subject);
    ObjectNode shown = data.putObject("labels");
    labels.forEach(shown::put);
    data.put("created", created.toString());
    data.put("ended", ended.toString());
    if (result.failureKind() != null) {
      ObjectNode failure = data.putObject("failure");
      failure.put("kind", result.failureKind());
      failure.put("message", shortened(said(result.failure()), MOST_WORDS));
    }
    if (result.outputs() != null) {
      data.set("outputs", JSON.readTree(result.outputs()));
    }
    if (result.withheld() != null) {
      data.put("withheld", shortened(result.withheld(), MOST_WORDS));
    }
    return data;
  }

  private static String said(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
