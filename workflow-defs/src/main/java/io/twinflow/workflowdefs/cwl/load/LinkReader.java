package io.twinflow.workflowdefs.cwl.load;

import io.twinflow.workflowdefs.cwl.Link;
import io.twinflow.workflowdefs.cwl.Link.LinkMerge;
import io.twinflow.workflowdefs.cwl.Link.PickValue;
import io.twinflow.workflowdefs.cwl.check.DocumentChecker;
import io.twinflow.workflowdefs.source.ListNode;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves {@code source} and {@code outputSource} within one workflow. */
final class LinkReader {

  static final Map<String, LinkMerge> LINK_MERGE =
      Map.of("merge_nested", LinkMerge.MERGE_NESTED, "merge_flattened", LinkMerge.MERGE_FLATTENED);

  static final Map<String, PickValue> PICK_VALUE =
      Map.of(
          "first_non_null", PickValue.FIRST_NON_NULL,
          "the_only_non_null", PickValue.THE_ONLY_NON_NULL,
          "all_non_null", PickValue.ALL_NON_NULL);

  private final Reading reading;
  private final CwlVersion version;
  private final String workflowFragment;
  private final Set<String> inputs;
  private final Map<String, List<String>> outputsBySteps;

  /**
   * @param workflowFragment the id of the workflow in its document; empty if it has none
   */
  LinkReader(
      Reading reading,
      CwlVersion version,
      String workflowFragment,
      Set<String> inputs,
      Map<String, List<String>> outputsBySteps) {
    this.reading = reading;
    this.version = version;
    this.workflowFragment = workflowFragment;
    this.inputs = inputs;
    this.outputsBySteps = outputsBySteps;
  }

  Link read(Fields fields, String field) {
    List<Link.Source> sources = new ArrayList<>();
    for (var reference : fields.expressions(field)) {
      sources.add(source(reference.text(), reference.position()));
    }
    return new Link(
        sources,
        fields.node(field) instanceof ListNode,
        fields.symbol("linkMerge", LINK_MERGE),
        version == CwlVersion.V1_2 ? fields.symbol("pickValue", PICK_VALUE) : null);
  }

  private Link.Source source(String reference, Position position) {
    String path = Names.fragment(reference);
    if (!workflowFragment.isEmpty() && path.startsWith(workflowFragment + "/")) {
      path = path.substring(workflowFragment.length() + 1);
    }
    Link.Source source = find(path.split("/", -1), position);
    if (source == null && reference.contains("#")) {
      String[] names = path.split("/", -1);
      source =
          names.length >= 2
              ? find(new String[] {names[names.length - 2], names[names.length - 1]}, position)
              : null;
      source = source == null ? find(new String[] {names[names.length - 1]}, position) : source;
    }
    if (source == null) {
      unknown(reference, path, position);
      return new Link.Source.WorkflowInput(DocumentChecker.UNREAD + reference, position);
    }
    return source;
  }

  private Link.@Nullable Source find(String[] names, Position position) {
    if (names.length == 1 && inputs.contains(names[0])) {
      return new Link.Source.WorkflowInput(names[0], position);
    }
    if (names.length == 2 && outputsBySteps.getOrDefault(names[0], List.of()).contains(names[1])) {
      return new Link.Source.StepOutput(names[0], names[1], position);
    }
    return null;
  }

  private void unknown(String reference, String path, Position position) {
    int slash = path.indexOf('/');
    String step = slash < 0 ? "" : path.substring(0, slash);
    List<String> outputs = outputsBySteps.get(step);
    if (slash >= 0 && outputs != null) {
      String output = path.substring(slash + 1);
      reading.error(
          position,
          "the step \""
              + step
              + "\" has no \""
              + output
              + "\" in its \"out\""
              + (outputs.isEmpty() ? ", which is empty." : ": " + String.join(", ", outputs) + ".")
              + NearestName.hint(output, outputs));
      return;
    }
    List<String> all = new ArrayList<>(inputs);
    outputsBySteps.forEach((s, outs) -> outs.forEach(out -> all.add(s + "/" + out)));
    reading.error(
        position,
        "the source \""
            + reference
            + "\" is neither an input of the workflow nor an output of one of its steps."
            + (outputsBySteps.containsKey(path)
                ? " \"" + path + "\" is a step; write " + path + "/ and the name of an output."
                : NearestName.hint(path, all)));
  }
}
