package io.twinflow.engine.core.fold;

import io.twinflow.engine.core.event.Place;
import io.twinflow.engine.core.plan.PlannedStep;
import io.twinflow.engine.core.plan.ResolvedLink;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.StepInput;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step in an open scope: counters, and the outputs of what has ended. A step that is not
 * scattered has one shard here.
 */
public final class StepProgress {

  /** The states of a step in a scope. */
  public enum State {
    /** Needs outputs of other steps. */
    WAITING,
    /** Invocations are made, or run. */
    READY,
    SUCCEEDED,
    FAILED,
    /** A step that it needs failed; it will never run. */
    BLOCKED
  }

  private final OpenScope scope;
  private final PlannedStep step;

  State state = State.WAITING;
  int missing;

  private @Nullable RecordValue base;
  private @Nullable ScatterShape shape;
  private int shards;
  private BitSet made = new BitSet();
  private int madeCount;
  private int ended;
  private int failed;
  private Value @Nullable [][] columns;
  private final @Nullable LoopProgress loop;
  private @Nullable RecordValue result;

  StepProgress(OpenScope scope, PlannedStep step) {
    this.scope = scope;
    this.step = step;
    this.missing = step.upstream();
    this.loop = step.loops() ? new LoopProgress() : null;
    if (!step.isScattered()) {
      this.shards = 1;
    }
  }

  public OpenScope scope() {
    return scope;
  }

  public PlannedStep step() {
    return step;
  }

  public State state() {
    return state;
  }

  /** Null before a scattered step knows its shards, and for other steps. */
  public @Nullable ScatterShape shape() {
    return shape;
  }

  /** Whether invocations can be made: a scattered step must know its shards. */
  public boolean isSpread() {
    return !step.isScattered() || shape != null;
  }

  public int shards() {
    return shards;
  }

  /**
   * The first shard from {@code from} on that has not been made; {@link #shards} if there is none.
   */
  public int nextToMake(int from) {
    return made.nextClearBit(from);
  }

  boolean isAllMade() {
    return isSpread() && madeCount >= shards;
  }

  /** Null for a step that does not loop. */
  public @Nullable LoopProgress loop() {
    return loop;
  }

  public Place place(int shard, int iteration) {
    return new Place(
        scope.number(),
        step.name(),
        step.isScattered() ? shard : -1,
        step.loops() ? iteration : -1);
  }

  /** The step's inputs by links and defaults, before scatter and {@code valueFrom}. */
  public RecordValue base() throws LinkException {
    RecordValue known = base;
    if (known == null) {
      known = resolve();
      base = known;
    }
    return known;
  }

  private RecordValue resolve() throws LinkException {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<StepInput> in = step.definition().in();
    for (int i = 0; i < in.size(); i++) {
      StepInput input = in.get(i);
      ResolvedLink link = step.links().get(i);
      Value value = Links.value(step.name() + "/" + input.name(), link, scope.values(link));
      fields.put(
          input.name(),
          value == NullValue.NULL && input.defaultValue() != null ? input.defaultValue() : value);
    }
    return new RecordValue(fields);
  }

  /** The inputs of an invocation: links, defaults, the shard's items, then what is overridden. */
  public RecordValue inputs(int shard, RecordValue overrides) throws LinkException {
    RecordValue inputs = shape == null ? base() : shape.inputs(step, base(), shard);
    if (overrides.fields().isEmpty()) {
      return inputs;
    }
    Map<String, Value> fields = new LinkedHashMap<>(inputs.fields());
    fields.putAll(overrides.fields());
    return new RecordValue(fields);
  }

  /** Those of the inputs that the step's process declares; the others only serve expressions. */
  public RecordValue processInputs(int shard, RecordValue overrides) throws LinkException {
    RecordValue inputs = inputs(shard, overrides);
    CwlProcess process = step.process().definition();
    Map<String, Value> fields = new LinkedHashMap<>();
    for (InputParameter parameter : process.inputs()) {
      Value value = inputs.fields().get(parameter.name());
      if (value != null) {
        fields.put(parameter.name(), value);
      }
    }
    return new RecordValue(fields);
  }

  /** The outputs of a step that has succeeded. */
  public @Nullable RecordValue result() {
    return result;
  }

  /** Whether an invocation can be made, or a scatter's shards be counted. */
  boolean isReady() {
    return state == State.READY && (loop != null ? !loop.isOpen() : !isAllMade());
  }

  /** The values themselves are never changed, so that copies of the rows are enough. */
  FoldState.Step save() {
    List<List<@Nullable Value>> saved = null;
    Value[][] rows = columns;
    if (rows != null) {
      saved = new ArrayList<>();
      for (Value[] row : rows) {
        saved.add(Arrays.<@Nullable Value>asList(row.clone()));
      }
    }
    return new FoldState.Step(
        state,
        missing,
        shape,
        shards,
        BitSet.valueOf(made.toLongArray()),
        madeCount,
        ended,
        failed,
        saved,
        loop == null ? null : loop.save(),
        result);
  }

  void restore(FoldState.Step saved) {
    state = saved.state();
    missing = saved.missing();
    shape = saved.shape();
    shards = saved.shards();
    made = BitSet.valueOf(saved.made().toLongArray());
    madeCount = saved.madeCount();
    ended = saved.ended();
    failed = saved.failed();
    columns =
        saved.columns() == null
            ? null
            : saved.columns().stream()
                .map(column -> column.toArray(new Value[0]))
                .toArray(Value[][]::new);
    if (loop != null) {
      loop.restore(Objects.requireNonNull(saved.loop()));
    }
    result = saved.result();
  }

  void spread(ScatterShape newShape, int newShards) {
    shape = newShape;
    shards = newShards;
    columns = new Value[step.definition().out().size()][newShards];
  }

  void make(int shard) {
    if (!made.get(shard)) {
      made.set(shard);
      madeCount++;
    }
  }

  void succeed(int shard, RecordValue outputs) {
    List<String> out = step.definition().out();
    Value[][] rows = columns;
    if (rows == null) {
      rows = new Value[out.size()][1];
      columns = rows;
    }
    for (int i = 0; i < out.size(); i++) {
      rows[i][shard] = outputs.get(out.get(i));
    }
    ended++;
  }

  void skip(int shard) {
    succeed(shard, RecordValue.EMPTY);
  }

  void fail() {
    ended++;
    failed++;
  }

  boolean isAllEnded() {
    return isSpread() && ended >= shards;
  }

  boolean hasFailed() {
    return failed > 0;
  }

  /** Turns the shards' outputs into the step's, and forgets what only they needed. */
  void gather() {
    Map<String, Value> fields = new LinkedHashMap<>();
    List<String> out = step.definition().out();
    for (int i = 0; i < out.size(); i++) {
      Value[] column = columns == null ? new Value[0] : Objects.requireNonNull(columns)[i];
      fields.put(
          out.get(i),
          shape == null ? column[0] : shape.gather(new ArrayList<>(Arrays.asList(column))));
    }
    finish(new RecordValue(fields));
  }

  void finish(RecordValue outputs) {
    result = outputs;
    state = State.SUCCEEDED;
    forget();
  }

  void forget() {
    columns = null;
    base = null;
    made = new BitSet();
  }
}
