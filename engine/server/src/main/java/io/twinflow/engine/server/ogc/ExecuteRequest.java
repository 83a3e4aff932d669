package io.twinflow.engine.server.ogc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a job was asked to run and to answer, without its inputs.
 *
 * @param outputs what is wanted of which outputs; null for all of them, also where none is named
 * @param form null where only drafts after 1.0 can tell, or nothing is told
 * @param inlined whether {@code Prefer: return=representation} asks for files within the answer
 */
record ExecuteRequest(
    @Nullable Map<String, Mode> outputs,
    @Nullable Form form,
    boolean inlined,
    Subscriber callbacks) {

  /** {@code transmissionMode}. */
  enum Mode {
    UNSAID,
    VALUE,
    REFERENCE
  }

  /** {@code response} of version 1.0. */
  enum Form {
    RAW,
    DOCUMENT
  }

  /** Who is told, by the name of the event. */
  record Subscriber(Map<String, String> uris) {}

  static final ExecuteRequest PLAIN =
      new ExecuteRequest(null, null, false, new Subscriber(Map.of()));

  static ExecuteRequest of(JsonNode body, Preferences prefer) {
    return new ExecuteRequest(
        outputs(body.path("outputs")),
        form(body.path("response")),
        prefer.representation(),
        subscriber(body.path("subscriber")));
  }

  private static @Nullable Map<String, Mode> outputs(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    Map<String, Mode> asked = new LinkedHashMap<>();
    if (node.isArray()) {
      node.forEach(name -> asked.put(name.asString(""), Mode.UNSAID));
      return asked;
    }
    if (!node.isObject()) {
      throw OgcErrors.invalid("outputs: expected an object, found " + node);
    }
    if (node.isEmpty()) {
      return null;
    }
    for (Map.Entry<String, JsonNode> output : node.properties()) {
      JsonNode mode = output.getValue().path("transmissionMode");
      asked.put(
          output.getKey(),
          switch (mode.asString("")) {
            case "" -> Mode.UNSAID;
            case "value" -> Mode.VALUE;
            case "reference" -> Mode.REFERENCE;
            default ->
                throw OgcErrors.invalid(
                    "transmissionMode: expected value or reference, found " + mode);
          });
    }
    return asked;
  }

  private static @Nullable Form form(JsonNode node) {
    return switch (node.asString("")) {
      case "" -> null;
      case "raw" -> Form.RAW;
      case "document" -> Form.DOCUMENT;
      default -> throw OgcErrors.invalid("response: expected raw or document, found " + node);
    };
  }

  private static Subscriber subscriber(JsonNode node) {
    Map<String, String> uris = new LinkedHashMap<>();
    for (String event : List.of("successUri", "inProgressUri", "failedUri")) {
      String uri = node.path(event).asString("");
      if (!uri.isEmpty()) {
        uris.put(event, uri);
      }
    }
    return new Subscriber(uris);
  }

  /**
   * Of these outputs only, as {@code outputs=} of the maintained version 1.0 asks; null for all.
   */
  ExecuteRequest only(@Nullable List<String> names) {
    if (names == null || names.isEmpty()) {
      return this;
    }
    Map<String, Mode> narrowed = new LinkedHashMap<>();
    for (String name : names) {
      narrowed.put(name, outputs == null ? Mode.UNSAID : outputs.getOrDefault(name, Mode.UNSAID));
    }
    return new ExecuteRequest(narrowed, form, inlined, callbacks);
  }

  /** The outputs that the answer holds, of those there are. */
  List<String> chosen(List<String> all) {
    return outputs == null ? all : new ArrayList<>(outputs.keySet());
  }

  /** Whether a file of this output is sent within the answer, not linked. */
  boolean inlined(String output) {
    Mode mode = outputs == null ? Mode.UNSAID : outputs.getOrDefault(output, Mode.UNSAID);
    return switch (mode) {
      case VALUE -> true;
      case REFERENCE -> false;
      case UNSAID -> inlined || form == Form.DOCUMENT;
    };
  }

  boolean isReferenced(String output) {
    return outputs != null && outputs.get(output) == Mode.REFERENCE;
  }

  ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (outputs != null) {
      ObjectNode asked = node.putObject("outputs");
      outputs.forEach((name, mode) -> {
        ObjectNode output = asked.putObject(name);
        if (mode != Mode.UNSAID) {
          output.put("transmissionMode", mode == Mode.VALUE ? "value" : "reference");
        }
      });
    }
    if (form != null) {
      node.put("response", form == Form.RAW ? "raw" : "document");
    }
    node.put("inlined", inlined);
    return node;
  }

  static ExecuteRequest fromJson(JsonNode node) {
    return new ExecuteRequest(
        outputs(node.path("outputs")),
        form(node.path("response")),
        node.path("inlined").asBoolean(false),
        new Subscriber(Map.of()));
  }

  Optional<String> unknown(List<String> all) {
    return outputs == null
        ? Optional.empty()
        : outputs.keySet().stream().filter(name -> !all.contains(name)).findFirst();
  }
}
