package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.Requirement;
import io.twinflow.workflowdefs.source.MapNode;
import io.twinflow.workflowdefs.source.Node;
import io.twinflow.workflowdefs.source.ProblemLog;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input object as it was read, not yet fitted to a process.
 *
 * @param inputs the fields that are inputs, with their places
 * @param values the same as values; locations are absolute
 * @param requirements of {@code cwl:requirements}
 * @param requirementsNode the same as they stand; null if there are none
 * @param overrides of {@code cwltool:overrides}: requirements by the absolute IRI of the process or
 *     step that they are for
 * @param tool what {@code cwl:tool} names, as an absolute IRI; null if it is not there
 * @param problems found while reading
 */
public record JobDocument(
    MapNode inputs,
    RecordValue values,
    List<Requirement> requirements,
    @Nullable Node requirementsNode,
    Map<String, MapNode.Entry> overrides,
    @Nullable String tool,
    ProblemLog problems) {
  public JobDocument {
    requirements = List.copyOf(requirements);
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
  }

  /** Whether the definition has to be read with requirements that stand here. */
  public boolean changesDefinition() {
    return requirementsNode != null || !overrides.isEmpty();
  }
}
