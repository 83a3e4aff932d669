package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.display.StateWords;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a run as JSON. This shape is public and versioned apart from the journal. */
final class RunJson {

  private RunJson() {}

  static RecordValue head(RunSnapshot run) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("run", text(run.run()));
    fields.put("workflow", text(run.workflowName()));
    fields.put("workflowVersion", text(run.workflowVersion()));
    fields.put("state", text(StateWords.of(run.state())));
    fields.put("subject", text(run.subject()));
    fields.put("created", text(run.created()));
    fields.put("lastEvent", text(run.lastEvent()));
    Map<String, Value> labels = new LinkedHashMap<>();
    new TreeMap<>(run.labels()).forEach((key, value) -> labels.put(key, text(value)));
    fields.put("labels", new RecordValue(labels));
    run.continues().ifPresent(old -> fields.put("continues", text(old)));
    failure(run.failure(), fields);
    return new RecordValue(fields);
  }

  static RecordValue whole(RunSnapshot run, List<TaskView> tasks) {
    Map<String, Value> fields = new LinkedHashMap<>(head(run).fields());
    fields.put("steps", new ListValue(run.steps().stream().map(RunJson::step).toList()));
    fields.put("tasks", new ListValue(tasks.stream().map(RunJson::task).toList()));
    return new RecordValue(fields);
  }

  private static Value step(StepSnapshot step) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("step", text(step.path()));
    fields.put("state", text(step.state().name().toLowerCase(Locale.ROOT)));
    fields.put("total", number(step.total()));
    fields.put("done", number(step.done()));
    fields.put("running", number(step.running()));
    fields.put("waiting", number(step.waiting()));
    fields.put("skipped", number(step.skipped()));
    fields.put("failed", number(step.failed()));
    fields.put("cached", number(step.cached()));
    fields.put("adopted", number(step.adopted()));
    fields.put("retries", number(step.retries()));
    fields.put("wallSeconds", seconds(step.wall()));
    fields.put("longestSeconds", seconds(step.longest()));
    fields.put("cpuSeconds", seconds(step.cpu()));
    Long peak = step.peakMemoryBytes();
    fields.put("peakMemoryBytes", peak == null ? NullValue.NULL : number(peak));
    return new RecordValue(fields);
  }

  private static Value task(TaskView task) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("task", number(task.task()));
    fields.put("step", text(task.address()));
    fields.put("state", text(task.state().name().toLowerCase(Locale.ROOT)));
    fields.put("attempts", number(task.attempts()));
    if (task.site() != null) {
      fields.put("site", text(task.site()));
      fields.put("placed", text(task.placed()));
    }
    fields.put("started", text(task.startedAt()));
    fields.put("ended", text(task.endedAt()));
    Event.Origin origin = task.origin();
    if (origin != null) {
      fields.put("origin", text(origin(origin)));
    }
    Event.Execution execution = task.execution();
    if (execution != null) {
      fields.put(
          "command", new ListValue(execution.command().stream().map(RunJson::text).toList()));
      fields.put("site", text(execution.site()));
      fields.put("host", text(execution.host()));
      Integer code = execution.exitCode();
      fields.put("exitCode", code == null ? NullValue.NULL : number(code));
      fields.put("whereabouts", text(execution.whereabouts()));
      Duration cpu = execution.cpuTime();
      fields.put("cpuSeconds", cpu == null ? NullValue.NULL : seconds(cpu));
      Long peak = execution.peakMemoryBytes();
      fields.put("peakMemoryBytes", peak == null ? NullValue.NULL : number(peak));
    }
    failure(task.failure(), fields);
    return new RecordValue(fields);
  }

  static String origin(Event.Origin origin) {
    return switch (origin) {
      case Event.Origin.Executed o -> "executed";
      case Event.Origin.Evaluated o -> "evaluated";
      case Event.Origin.Cached o -> "cached from " + o.run() + " task " + o.task();
      case Event.Origin.Adopted o -> "adopted from " + o.run() + " task " + o.task();
    };
  }

  private static void failure(@Nullable Failure failure, Map<String, Value> fields) {
    if (failure != null) {
      Map<String, Value> inner = new LinkedHashMap<>();
      inner.put("kind", text(failure.kind()));
      inner.put("code", text(failure.code()));
      inner.put("message", text(failure.message()));
      fields.put("failure", new RecordValue(inner));
    }
  }

  private static Value text(@Nullable Object value) {
    return value == null ? NullValue.NULL : new StringValue(value.toString());
  }

  private static Value number(long value) {
    return new IntegerValue(value);
  }

  private static Value seconds(Duration duration) {
    return new DecimalValue(BigDecimal.valueOf(duration.toMillis(), 3));
  }
}
