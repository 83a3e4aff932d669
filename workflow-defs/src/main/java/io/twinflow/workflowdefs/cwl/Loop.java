package io.twinflow.workflowdefs.cwl;

import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.Value;
import java.util.List;

/**
 * cwltool's Loop extension: the step runs again while {@code loopWhen} holds.
 *
 * @param inputs what changes from one iteration to the next; other inputs stay. A link's step
 *     outputs are those of the previous iteration of this step
 */
public record Loop(
    ExpressionText loopWhen, List<LoopInput> inputs, OutputMethod outputMethod, Position position) {
  public Loop {
    inputs = List.copyOf(inputs);
  }

  /** What the step yields in the end. */
  public enum OutputMethod {
    LAST,
    ALL
  }

  /**
   * @param loopSource names of outputs of this step
   * @param defaultValue stands where they give null, or where there are none
   */
  public record LoopInput(
      String name,
      List<String> loopSource,
      boolean isList,
      Link.@org.jspecify.annotations.Nullable LinkMerge linkMerge,
      Link.@org.jspecify.annotations.Nullable PickValue pickValue,
      @org.jspecify.annotations.Nullable Value defaultValue,
      @org.jspecify.annotations.Nullable ExpressionText valueFrom,
      Position position) {
    public LoopInput {
      loopSource = List.copyOf(loopSource);
    }
  }
}
