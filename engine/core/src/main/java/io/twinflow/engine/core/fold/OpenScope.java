package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.plan.PlannedStep;
import io.twinflow.engine.core.plan.PlannedWorkflow;
import io.twinflow.engine.core.plan.ResolvedLink;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance of a workflow that has not ended. */
public final class OpenScope {

  private final long number;
  private final String address;
  private final PlannedWorkflow plan;
  private final RecordValue inputs;
  private final @Nullable StepProgress parent;
  private final int shard;
  private final List<StepProgress> steps = new ArrayList<>();

  int unfinished;
  @Nullable Failure failure;

  OpenScope(
      long number,
      String address,
      PlannedWorkflow plan,
      RecordValue inputs,
      @Nullable StepProgress parent,
      int shard) {
    this.number = number;
    this.address = address;
    this.plan = plan;
    this.inputs = inputs;
    this.parent = parent;
    this.shard = shard;
    for (PlannedStep step : plan.steps()) {
      steps.add(new StepProgress(this, step));
    }
    this.unfinished = steps.size();
  }

  FoldState.Scope save() {
    return new FoldState.Scope(
        number,
        address,
        parent == null ? -1 : parent.scope().number(),
        parent == null ? 0 : parent.step().index(),
        shard,
        inputs,
        unfinished,
        failure,
        steps.stream().map(StepProgress::save).toList());
  }

  void restore(FoldState.Scope saved) {
    unfinished = saved.unfinished();
    failure = saved.failure();
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).restore(saved.steps().get(i));
    }
  }

  public long number() {
    return number;
  }

  /** Empty for the root. */
  public String address() {
    return address;
  }

  public boolean isRoot() {
    return parent == null;
  }

  public RecordValue inputs() {
    return inputs;
  }

  /** Why it will fail; null as long as nothing in it has. */
  public @Nullable Failure failure() {
    return failure;
  }

  /** The address of an invocation in this scope, such as {@code /calibrate[17]/loop#3}. */
  public String address(Place place) {
    return address
        + "/"
        + place.step()
        + (place.shard() < 0 ? "" : "[" + place.shard() + "]")
        + (place.iteration() < 0 ? "" : "#" + place.iteration());
  }

  @Nullable StepProgress parent() {
    return parent;
  }

  /** The flat index in the parent. */
  int shard() {
    return shard;
  }

  List<StepProgress> steps() {
    return steps;
  }

  StepProgress step(String name) {
    return steps.get(plan.step(name).index());
  }

  /** The values at the sources of a link whose steps have all succeeded. */
  List<Value> values(ResolvedLink link) {
    List<Value> values = new ArrayList<>(link.sources().size());
    for (ResolvedLink.Source source : link.sources()) {
      RecordValue from = inputs;
      if (source.step() != ResolvedLink.Source.WORKFLOW_INPUT) {
        from = steps.get(source.step()).result();
        if (from == null) {
          throw new IllegalStateException(
              "%s: outputs of '%s' are asked for before it has ended"
                  .formatted(address, plan.steps().get(source.step()).name()));
        }
      }
      values.add(from.get(source.name()));
    }
    return values;
  }

  /** The outputs of a scope whose steps have all succeeded. */
  public RecordValue outputs() throws LinkException {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<OutputParameter> outputs = plan.definition().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      ResolvedLink link = plan.outputs().get(i);
      fields.put(outputs.get(i).name(), Links.value(outputs.get(i).name(), link, values(link)));
    }
    return new RecordValue(fields);
  }

  /** Of a scope that failed: the outputs whose steps have succeeded. */
  public RecordValue outputsThatExist() {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<OutputParameter> outputs = plan.definition().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      ResolvedLink link = plan.outputs().get(i);
      if (link.sources().stream().allMatch(this::hasEnded)) {
        fields.put(outputs.get(i).name(), valueOrNull(outputs.get(i).name(), link));
      }
    }
    return new RecordValue(fields);
  }

  private boolean hasEnded(ResolvedLink.Source source) {
    return source.step() == ResolvedLink.Source.WORKFLOW_INPUT
        || steps.get(source.step()).result() != null;
  }

  private Value valueOrNull(String name, ResolvedLink link) {
    try {
      return Links.value(name, link, values(link));
    } catch (LinkException e) {
      return NullValue.NULL;
    }
  }
}
