package io.twinflow.engine.core.saved;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.fold.FoldState;
import io.twinflow.engine.core.fold.ScatterShape;
import io.twinflow.engine.core.fold.StepProgress;
import io.twinflow.engine.core.fold.TaskPhase;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.WorkflowStep.ScatterMethod;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FoldOut} wrote. */
final class FoldIn {

  private final ValueIn in;

  FoldIn(DataInputStream in) {
    this.in = new ValueIn(in);
  }

  /** One part of many. */
  private interface Part<T extends @Nullable Object> {
    T read() throws IOException;
  }

  /** Reads the first event of a run. */
  interface First {
    Event.RunCreated of(String line) throws IOException;
  }

  private <T extends @Nullable Object> List<T> list(Part<T> part) throws IOException {
    int size = in.count();
    List<T> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      parts.add(part.read());
    }
    return parts;
  }

  FoldState state(First first) throws IOException {
    long sequence = in.number();
    Instant at = instant();
    long epoch = in.number();
    RunState state = RunState.valueOf(in.name());
    Event.RunCreated created = first.of(in.text());
    Set<String> notices = new HashSet<>(list(in::text));
    return new FoldState(sequence, at, epoch, state, created, notices, scopes(), tasks());
  }

  private Instant instant() throws IOException {
    return Instant.ofEpochSecond(in.number(), in.number());
  }

  private @Nullable Failure failure() throws IOException {
    String kind = in.name();
    return kind.isEmpty() ? null : new Failure(FailureKind.valueOf(kind), in.name(), in.text());
  }

  private FoldState.Scopes scopes() throws IOException {
    Failure firstFailure = failure();
    int failures = in.count();
    long next = in.number();
    return new FoldState.Scopes(list(this::scope), firstFailure, failures, next);
  }

  private FoldState.Scope scope() throws IOException {
    return new FoldState.Scope(
        in.number(),
        in.text(),
        in.number(),
        in.count(),
        in.count(),
        in.record(),
        in.count(),
        failure(),
        list(this::step));
  }

  private FoldState.Step step() throws IOException {
    return new FoldState.Step(
        StepProgress.State.valueOf(in.name()),
        in.count(),
        shape(),
        in.count(),
        BitSet.valueOf(list(in::number).stream().mapToLong(bits -> bits).toArray()),
        in.count(),
        in.count(),
        in.count(),
        columns(),
        loop(),
        (RecordValue) in.valueOrNull());
  }

  private @Nullable ScatterShape shape() throws IOException {
    String method = in.name();
    return method.isEmpty()
        ? null
        : new ScatterShape(ScatterMethod.valueOf(method), list(in::count));
  }

  private @Nullable List<List<@Nullable Value>> columns() throws IOException {
    int size = in.count();
    if (size < 0) {
      return null;
    }
    List<List<@Nullable Value>> columns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      columns.add(this.<@Nullable Value>list(in::valueOrNull));
    }
    return columns;
  }

  private FoldState.@Nullable Loop loop() throws IOException {
    int next = in.count();
    if (next < 0) {
      return null;
    }
    return new FoldState.Loop(
        next, in.count() > 0, in.record(), (RecordValue) in.valueOrNull(), list(in::record));
  }

  private FoldState.Tasks tasks() throws IOException {
    long nextTask = in.number();
    long nextBatch = in.number();
    return new FoldState.Tasks(list(this::task), list(this::batch), nextTask, nextBatch);
  }

  private FoldState.Batch batch() throws IOException {
    long number = in.number();
    String site = in.name();
    long epoch = in.number();
    String siteId = in.text();
    Map<Long, Integer> open = new HashMap<>();
    int size = in.count();
    for (int i = 0; i < size; i++) {
      open.put(in.number(), in.count());
    }
    return new FoldState.Batch(number, site, epoch, siteId, open);
  }

  private FoldState.Task task() throws IOException {
    return new FoldState.Task(
        in.number(),
        in.number(),
        in.count(),
        in.count(),
        in.count(),
        in.record(),
        TaskPhase.valueOf(in.name()),
        AttemptPhase.valueOf(in.name()),
        in.count(),
        in.number(),
        in.name(),
        instant(),
        failures(),
        in.count(),
        list(in::name),
        raised());
  }

  private Raised raised() throws IOException {
    long memoryMiB = in.number();
    long seconds = in.number();
    return new Raised(memoryMiB, seconds < 0 ? null : Duration.ofSeconds(seconds), in.text());
  }

  private Map<FailureKind, Integer> failures() throws IOException {
    Map<FailureKind, Integer> failures = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      int count = in.count();
      if (count > 0) {
        failures.put(kind, count);
      }
    }
    return failures;
  }
}
