package io.twinflow.engine.core.fold;

import io.twinflow.workflowdefs.cwl.Loop;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the loop of a step is. */
public final class LoopProgress {

  private int next;
  private boolean open;
  private RecordValue overrides = RecordValue.EMPTY;
  private @Nullable RecordValue last;
  private final List<RecordValue> all = new ArrayList<>();

  /** The iteration that is made next, if the condition holds. */
  public int next() {
    return next;
  }

  /** What the last iteration's inputs had that the links do not say. */
  public RecordValue overrides() {
    return overrides;
  }

  /** The outputs of the last iteration; null before the first. */
  public @Nullable RecordValue last() {
    return last;
  }

  /** Whether an iteration was made and has not ended. */
  boolean isOpen() {
    return open;
  }

  FoldState.Loop save() {
    return new FoldState.Loop(next, open, overrides, last, all);
  }

  void restore(FoldState.Loop saved) {
    next = saved.next();
    open = saved.open();
    overrides = saved.overrides();
    last = saved.last();
    all.addAll(saved.all());
  }

  void made(RecordValue newOverrides) {
    next++;
    open = true;
    overrides = newOverrides;
  }

  void ended(RecordValue outputs, Loop loop) {
    open = false;
    last = outputs;
    if (loop.outputMethod() == Loop.OutputMethod.ALL) {
      all.add(outputs);
    }
  }

  /** The step's outputs when the condition no longer holds. */
  RecordValue result(Loop loop, List<String> out) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String name : out) {
      fields.put(
          name,
          switch (loop.outputMethod()) {
            case LAST -> last == null ? NullValue.NULL : last.get(name);
            case ALL -> new ListValue(all.stream().map(outputs -> outputs.get(name)).toList());
          });
    }
    return new RecordValue(fields);
  }
}
