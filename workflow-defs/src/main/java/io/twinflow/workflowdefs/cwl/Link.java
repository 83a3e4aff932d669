package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a step input or a workflow output takes its value from.
 *
 * @param sources in order; may be empty
 * @param isList whether the document gave a list, even of one
 * @param linkMerge null where it was not given
 * @param pickValue null where it was not given
 */
public record Link(
    List<Source> sources,
    boolean isList,
    @Nullable LinkMerge linkMerge,
    @Nullable PickValue pickValue) {

  public static final Link NONE = new Link(List.of(), false, null, null);

  public Link {
    sources = List.copyOf(sources);
  }

  /** One end of a link. */
  public sealed interface Source {
    Position position();

    /** An input of the workflow. */
    record WorkflowInput(String input, Position position) implements Source {}

    /** An output of a step of the workflow. */
    record StepOutput(String step, String output, Position position) implements Source {}
  }

  /** How several sources become one value. */
  public enum LinkMerge {
    MERGE_NESTED,
    MERGE_FLATTENED
  }

  /** Which of several values, some of them null, is used. */
  public enum PickValue {
    FIRST_NON_NULL,
    THE_ONLY_NON_NULL,
    ALL_NON_NULL
  }
}
