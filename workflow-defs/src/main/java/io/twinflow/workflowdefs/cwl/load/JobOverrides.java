package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.source.Iri;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code cwltool:overrides}, an extension of the reference runner: a map, or a list with
 * {@code overrideTarget}, from a process ({@code tool.cwl}, {@code all.cwl#part}) or a step ({@code
 * workflow.cwl#step}) to requirements.
 */
final class JobOverrides {

  private static final String TARGET = "overrideTarget";

  private JobOverrides() {}

  /** Requirements, with the place of the name they are given for, by absolute IRI. */
  static Map<String, MapNode.Entry> read(Node node, Reading reading) {
    Map<String, MapNode.Entry> overrides = new LinkedHashMap<>();
    for (MapNode item : IdMaps.items(node, "cwltool:overrides", TARGET, null, reading)) {
      String target = item.string(TARGET);
      Node requirements = item.get("requirements");
      List<String> others =
          item.entries().keySet().stream()
              .filter(key -> !key.equals(TARGET) && !key.equals("requirements"))
              .toList();
      if (target == null || requirements == null || !others.isEmpty()) {
        reading.error(
            item.position(),
            "expected an override to be {\"requirements\": …} for a process or step, found "
                + (others.isEmpty() ? "none" : String.join(", ", others))
                + ".");
        continue;
      }
      String base = reading.documents().base(item.position());
      overrides.put(
          Iri.resolve(base, target), new MapNode.Entry(item.keyPosition(TARGET), requirements));
    }
    return overrides;
  }
}
