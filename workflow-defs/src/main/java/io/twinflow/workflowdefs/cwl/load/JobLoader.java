package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.source.ScalarNode;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads input objects from YAML or JSON files. CWL v1.2, "Input object". */
public final class JobLoader {

  private JobLoader() {}

  /**
   * @throws InvalidDefinitionException if there is no document or it is no map
   */
  public static JobDocument load(String fileOrUrl, LoadOptions options)
      throws InvalidDefinitionException {
    Documents documents = new Documents(options);
    Document document = documents.get(documents.iriOf(fileOrUrl), null);
    if (!(document.root() instanceof MapNode root)) {
      throw new InvalidDefinitionException(
          Problem.error(
              document.root().position(),
              "expected a map from inputs to values, found " + document.root().describe() + "."));
    }
    Reading reading = new Reading(documents, new ProblemLog());
    Map<String, MapNode.Entry> inputs = new LinkedHashMap<>();
    Map<String, Value> values = new LinkedHashMap<>();
    List<Requirement> requirements = new ArrayList<>();
    Node requirementsNode = null;
    String tool = null;
    for (Map.Entry<String, MapNode.Entry> field : root.entries().entrySet()) {
      String name = documents.expand(field.getKey(), field.getValue().keyPosition());
      Node value = field.getValue().value();
      switch (name) {
        case "cwl:requirements", "https://w3id.org/cwl/cwl#requirements" -> {
          requirementsNode = value;
          requirements.addAll(requirements(value, reading));
        }
        case "cwl:tool", "https://w3id.org/cwl/cwl#tool" -> {
          if (value instanceof ScalarNode scalar) {
            tool = Iri.resolve(documents.base(scalar.position()), scalar.text());
          }
        }
        case "cwltool:overrides", "http://commonwl.org/cwltool#overrides" ->
            reading
                .problems()
                .unsupported(
                    field.getValue().keyPosition(),
                    "cwltool:overrides is not supported; write the requirements of the whole run"
                        + " under \"cwl:requirements\".");
        default -> {
          if (!name.startsWith("$")) {
            inputs.put(field.getKey(), field.getValue());
            values.put(field.getKey(), reading.values().value(value));
          }
        }
      }
    }
    return new JobDocument(
        new MapNode(inputs, root.position()),
        new RecordValue(values),
        requirements,
        requirementsNode,
        tool,
        reading.problems());
  }

  private static List<Requirement> requirements(Node node, Reading reading) {
    if (!(node instanceof ListNode) && !(node instanceof MapNode)) {
      reading.error(node.position(), "expected requirements here, found " + node.describe() + ".");
      return List.of();
    }
    MapNode holder =
        new MapNode(
            Map.of("requirements", new MapNode.Entry(node.position(), node)), node.position());
    Fields fields = new Fields(holder, "input object", reading);
    return new RequirementsReader(reading, CwlVersion.V1_2)
        .read(fields)
        .requirements()
        .requirements();
  }
}
