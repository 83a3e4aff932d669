package io.twinflow.engine.core.task;

import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.Staging;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each input file and directory a folder of its own, {@code inputs/<n>}, so that equal names
 * never meet.
 */
final class InputStaging {

  private final String root;
  private final List<Staging> staging = new ArrayList<>();
  private int folders;

  InputStaging(Layout layout) {
    this.root = layout.inputs();
  }

  /** The inputs with their paths. */
  RecordValue stage(RecordValue inputs) throws FailureException {
    Map<String, Value> staged = new LinkedHashMap<>();
    for (Map.Entry<String, Value> input : inputs.fields().entrySet()) {
      String what = "input '" + input.getKey() + "'";
      staged.put(
          input.getKey(),
          FileWalk.map(
              input.getValue(),
              file -> {
                Placement placement = new Placement();
                folders++;
                var placed =
                    placement.into(root + "/" + folders, file, Placement.Mode.READ_ONLY, what);
                staging.addAll(placement.staging());
                return placed;
              }));
    }
    return new RecordValue(staged);
  }

  /** What to stage, without what the working folder holds in place instead. */
  List<Staging> staging(Paths inPlace) {
    return inPlace.isEmpty()
        ? staging
        : staging.stream().filter(entry -> !inPlace.hasMoved(entry.target())).toList();
  }
}
