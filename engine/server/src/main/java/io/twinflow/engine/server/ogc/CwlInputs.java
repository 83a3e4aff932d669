package io.twinflow.engine.server.ogc;

import io.twinflow.engine.server.runs.LoadSubmitted;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.FileTraits;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.RecordField;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The inputs of an execute request as an input object of CWL: qualified values are unwrapped,
 * references resolved, and contents become files of the submission.
 */
final class CwlInputs {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Path folder;
  private final LoadSubmitted load;
  private final JsonMapper json;
  private final InlineFiles files;

  CwlInputs(Path folder, LoadSubmitted load, JsonMapper json) {
    this.folder = folder;
    this.load = load;
    this.json = json;
    this.files = new InlineFiles(folder);
  }

  ObjectNode of(CwlProcess process, JsonNode inputs)
      throws IOException, InvalidDefinitionException {
    ObjectNode given = JSON.objectNode();
    if (inputs.isMissingNode() || inputs.isNull()) {
      return given;
    }
    if (!inputs.isObject()) {
      throw OgcErrors.invalid("inputs: expected an object, found " + inputs.getNodeType());
    }
    for (Map.Entry<String, JsonNode> entry : inputs.properties()) {
      Optional<InputParameter> input =
          process.inputs().stream().filter(one -> one.name().equals(entry.getKey())).findFirst();
      if (input.isEmpty()) {
        throw OgcErrors.invalid(
            "inputs: the process has no input %s; it has %s"
                .formatted(
                    entry.getKey(), process.inputs().stream().map(InputParameter::name).toList()));
      }
      given.set(
          entry.getKey(),
          value(entry.getKey(), entry.getValue(), input.get().type(), input.get().fileTraits()));
    }
    return given;
  }

  private JsonNode value(String name, JsonNode node, CwlType type, FileTraits traits)
      throws IOException, InvalidDefinitionException {
    if (node.isNull()) {
      return node;
    }
    return switch (type) {
      case CwlType.UnionType union -> value(name, node, ChooseType.of(union, node), traits);
      case CwlType.ArrayType array -> list(name, node, array, traits);
      case CwlType.RecordType record -> record(name, plain(name, node), record);
      case CwlType.EnumType _ -> plain(name, node);
      case CwlType.Primitive primitive ->
          switch (primitive) {
            case FILE -> files.file(name, node, traits);
            case DIRECTORY -> InlineFiles.directory(name, node);
            case STRING -> text(name, node);
            case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, ANY -> plain(name, node);
          };
    };
  }

  /** A single value may stand for a list of one. */
  private JsonNode list(String name, JsonNode node, CwlType.ArrayType type, FileTraits traits)
      throws IOException, InvalidDefinitionException {
    JsonNode items = Qualified.is(node) && node.get("value").isArray() ? node.get("value") : node;
    ArrayNode list = JSON.arrayNode();
    if (!items.isArray()) {
      list.add(value(name, items, type.items(), traits));
      return list;
    }
    for (JsonNode item : items) {
      list.add(value(name, item, type.items(), traits));
    }
    return list;
  }

  private JsonNode record(String name, JsonNode node, CwlType.RecordType type)
      throws IOException, InvalidDefinitionException {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode record = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Optional<RecordField> field =
          type.fields().stream().filter(one -> one.name().equals(entry.getKey())).findFirst();
      record.set(
          entry.getKey(),
          field.isEmpty()
              ? entry.getValue()
              : value(
                  name + "." + entry.getKey(),
                  entry.getValue(),
                  field.get().type(),
                  field.get().fileTraits()));
    }
    return record;
  }

  /** A value without wrapping; what a reference leads to is read as JSON. */
  private JsonNode plain(String name, JsonNode node) throws InvalidDefinitionException {
    if (Qualified.is(node)) {
      return node.get("value");
    }
    if (!Qualified.isReference(node)) {
      return node;
    }
    byte[] bytes = load.fetch(folder, Qualified.url(name, node));
    try {
      return json.readTree(bytes);
    } catch (JacksonException e) {
      return JSON.stringNode(new String(bytes, StandardCharsets.UTF_8).strip());
    }
  }

  private JsonNode text(String name, JsonNode node) throws InvalidDefinitionException {
    if (Qualified.isReference(node)) {
      byte[] bytes = load.fetch(folder, Qualified.url(name, node));
      return JSON.stringNode(new String(bytes, StandardCharsets.UTF_8));
    }
    return plain(name, node);
  }
}
