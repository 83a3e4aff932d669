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
   * For those who have read the definition already: overrides are a problem.
   *
   * @throws InvalidDefinitionException if there is no document or it is no map
   */
  public static JobDocument load(String fileOrUrl, LoadOptions options)
      throws InvalidDefinitionException {
    JobDocument job = loadWithOverrides(fileOrUrl, options);
    job.overrides()
        .values()
        .forEach(override ->
            job.problems()
                .unsupported(
                    override.keyPosition(),
                    "cwltool:overrides is not supported here; write the requirements into the"
                        + " workflow."));
    return job;
  }

  /**
   * For those who then read the definition with {@link CwlLoader#load(String, LoadOptions,
   * JobDocument)}.
   *
   * @throws InvalidDefinitionException if there is no document or it is no map
   */
  public static JobDocument loadWithOverrides(String fileOrUrl, LoadOptions options)
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
    Map<String, MapNode.Entry> overrides = new LinkedHashMap<>();
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
            JobOverrides.read(value, reading)
                .forEach((target, given) -> {
                  overrides.put(target, given);
                  requirements(given.value(), reading);
                });
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
        overrides,
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
