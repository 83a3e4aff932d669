package io.twinflow.engine.server.ogc;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.CwlType;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.DirectoryValue;
import io.twinflow.workflowdefs.value.FileValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A workflow as the description of a process. Part 1, "OGC Process Description". */
@Component
class DescribeProcess {

  private static final String EXECUTE = "http://www.opengis.net/def/rel/ogc/1.0/execute";
  private static final String JOBS = "http://www.opengis.net/def/rel/ogc/1.0/job-list";
  private static final List<String> TEXTS = List.of("title", "description", "keywords", "metadata");

  private final JsonMapper json;

  DescribeProcess(JsonMapper json) {
    this.json = json;
  }

  ObjectNode summary(StoredProcess process, Base base) throws InvalidDefinitionException {
    return summary(process, process.document().process(), base);
  }

  private ObjectNode summary(StoredProcess process, CwlProcess cwl, Base base) {
    ObjectNode summary = json.createObjectNode();
    summary.put("id", process.id());
    summary.put("version", process.version());
    String label = cwl.header().label();
    summary.put("title", label == null ? process.id() : label);
    if (cwl.header().doc() != null) {
      summary.put("description", cwl.header().doc());
    }
    override(summary, process.description());
    summary.put("mutable", process.mutable());
    ArrayNode control = summary.putArray("jobControlOptions");
    control.add("sync-execute").add("async-execute").add("dismiss");
    summary.putArray("outputTransmission").add("value").add("reference");
    String self = base.process(process.id());
    summary.set(
        "links",
        json.valueToTree(
            List.of(
                Link.json(self, "self", "This process"),
                Link.html(self, "alternate", "This process for people"),
                Link.json(self + "/execution", EXECUTE, "Execute it"),
                Link.json(
                    base.to("/jobs?processID=" + process.id()), JOBS, "The jobs of this process"),
                new Link(self + "/package", "describedby", process.packageType(), "Its package"))));
    return summary;
  }

  ObjectNode full(StoredProcess process, Base base) throws InvalidDefinitionException {
    CwlProcess cwl = process.document().process();
    ObjectNode description = summary(process, cwl, base);
    ObjectNode inputs = description.putObject("inputs");
    for (InputParameter input : cwl.inputs()) {
      ObjectNode described = input(input);
      override(described, process.description().path("inputs").path(input.name()));
      inputs.set(input.name(), described);
    }
    ObjectNode outputs = description.putObject("outputs");
    for (OutputParameter output : cwl.outputs()) {
      ObjectNode described = texts(output.name(), output.label(), output.doc());
      described.set("schema", CwlSchema.of(output.type(), output.fileTraits()));
      override(described, process.description().path("outputs").path(output.name()));
      outputs.set(output.name(), described);
    }
    return description;
  }

  /** A list is described by its items, as the standard has it. */
  private ObjectNode input(InputParameter input) {
    ObjectNode described = texts(input.name(), input.label(), input.doc());
    Value standard = input.defaultValue();
    boolean optional = standard != null || CwlSchema.isOptional(input.type());
    described.put("minOccurs", optional ? 0 : 1);
    CwlType type = CwlSchema.present(input.type());
    ObjectNode schema;
    if (type instanceof CwlType.ArrayType array) {
      described.put("maxOccurs", "unbounded");
      schema = CwlSchema.of(array.items(), input.fileTraits());
    } else {
      described.put("maxOccurs", 1);
      schema = CwlSchema.of(type, input.fileTraits());
      if (standard != null
          && !(standard instanceof NullValue)
          && !(standard instanceof FileValue)
          && !(standard instanceof DirectoryValue)) {
        schema.set("default", json.readTree(ValueJson.write(standard)));
      }
    }
    described.set("schema", schema);
    return described;
  }

  private ObjectNode texts(String name, @Nullable String label, @Nullable String doc) {
    ObjectNode described = json.createObjectNode();
    described.put("title", label == null ? name : label);
    if (doc != null) {
      described.put("description", doc);
    }
    return described;
  }

  private static void override(ObjectNode described, JsonNode by) {
    for (String field : TEXTS) {
      if (by.has(field)) {
        described.set(field, by.get(field));
      }
    }
  }
}
