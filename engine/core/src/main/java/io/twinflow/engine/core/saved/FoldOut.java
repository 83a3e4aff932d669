package io.twinflow.engine.core.saved;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.fold.FoldState;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parts of a fold as bytes; {@link FoldIn} reads them in the same order. */
final class FoldOut {

  private final ValueOut out;

  FoldOut(DataOutputStream out) {
    this.out = new ValueOut(out);
  }

  /**
   * @param created the line of the run's first event
   */
  void state(FoldState state, String created) throws IOException {
    out.number(state.sequence());
    instant(state.at());
    out.number(state.epoch());
    out.name(state.state().name());
    out.text(created);
    out.number(state.notices().size());
    for (String notice : new TreeSet<>(state.notices())) {
      out.text(notice);
    }
    scopes(state.scopes());
    tasks(state.tasks());
  }

  private void instant(Instant instant) throws IOException {
    out.number(instant.getEpochSecond());
    out.number(instant.getNano());
  }

  private void failure(@Nullable Failure failure) throws IOException {
    out.name(failure == null ? "" : failure.kind().name());
    if (failure != null) {
      out.name(failure.code());
      out.text(failure.message());
    }
  }

  private void scopes(FoldState.Scopes scopes) throws IOException {
    failure(scopes.firstFailure());
    out.number(scopes.failures());
    out.number(scopes.next());
    out.number(scopes.open().size());
    for (FoldState.Scope scope : scopes.open()) {
      out.number(scope.number());
      out.text(scope.address());
      out.number(scope.parent());
      out.number(scope.step());
      out.number(scope.shard());
      out.value(scope.inputs());
      out.number(scope.unfinished());
      failure(scope.failure());
      out.number(scope.steps().size());
      for (FoldState.Step step : scope.steps()) {
        step(step);
      }
    }
  }

  private void step(FoldState.Step step) throws IOException {
    out.name(step.state().name());
    out.number(step.missing());
    out.name(step.shape() == null ? "" : step.shape().method().name());
    if (step.shape() != null) {
      out.number(step.shape().lengths().size());
      for (int length : step.shape().lengths()) {
        out.number(length);
      }
    }
    out.number(step.shards());
    long[] made = step.made().toLongArray();
    out.number(made.length);
    for (long bits : made) {
      out.number(bits);
    }
    out.number(step.madeCount());
    out.number(step.ended());
    out.number(step.failed());
    columns(step.columns());
    loop(step.loop());
    out.value(step.result());
  }

  private void columns(@Nullable List<List<@Nullable Value>> columns) throws IOException {
    out.number(columns == null ? -1 : columns.size());
    if (columns != null) {
      for (List<@Nullable Value> column : columns) {
        out.number(column.size());
        for (@Nullable Value value : column) {
          out.value(value);
        }
      }
    }
  }

  private void loop(FoldState.@Nullable Loop loop) throws IOException {
    out.number(loop == null ? -1 : loop.next());
    if (loop != null) {
      out.number(loop.open() ? 1 : 0);
      out.value(loop.overrides());
      out.value(loop.last());
      out.number(loop.all().size());
      for (RecordValue iteration : loop.all()) {
        out.value(iteration);
      }
    }
  }

  private void tasks(FoldState.Tasks tasks) throws IOException {
    out.number(tasks.nextTask());
    out.number(tasks.nextBatch());
    out.number(tasks.open().size());
    for (FoldState.Task task : tasks.open()) {
      task(task);
    }
    out.number(tasks.batches().size());
    for (FoldState.Batch batch : tasks.batches()) {
      out.number(batch.number());
      out.name(batch.site());
      out.number(batch.epoch());
      out.text(batch.siteId());
      out.number(batch.open().size());
      for (Map.Entry<Long, Integer> attempt : new TreeMap<>(batch.open()).entrySet()) {
        out.number(attempt.getKey());
        out.number(attempt.getValue());
      }
    }
  }

  private void task(FoldState.Task task) throws IOException {
    out.number(task.number());
    out.number(task.scope());
    out.number(task.step());
    out.number(task.shard());
    out.number(task.iteration());
    out.value(task.overrides());
    out.name(task.phase().name());
    out.name(task.attemptPhase().name());
    out.number(task.attempts());
    out.number(task.batch());
    out.name(task.site());
    instant(task.retryAt());
    for (FailureKind kind : Arrays.asList(FailureKind.values())) {
      out.number(task.failures().getOrDefault(kind, 0));
    }
    out.number(task.temporaryFailures());
    out.number(task.avoid().size());
    for (String site : task.avoid()) {
      out.name(site);
    }
    Duration time = task.raised().time();
    out.number(task.raised().memoryMiB());
    out.number(time == null ? -1 : time.toSeconds());
    out.text(task.raised().reason());
  }
}
