package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.secret.Handle;
import io.twinflow.engine.core.view.TaskView;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.wes.WesModel.Log;
import io.twinflow.engine.server.wes.WesModel.RunLog;
import io.twinflow.engine.server.wes.WesModel.RunRequest;
import io.twinflow.engine.server.wes.WesModel.RunSummary;
import io.twinflow.engine.server.wes.WesModel.TaskLog;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Runs in the words of WES. */
@Component
class WesView {

  private static final int TASKS_IN_RUN = 100;

  private final Runs runs;
  private final WesRequests requests;
  private final JsonMapper json;

  WesView(Runs runs, WesRequests requests, JsonMapper json) {
    this.runs = runs;
    this.requests = requests;
    this.json = json;
  }

  WesState state(RunRow run) throws FailureException {
    return run.state() == PublicState.FAILED
        ? WesState.of(run.state(), failure(runs.end(run)))
        : WesState.of(run.state(), Optional.empty());
  }

  private static Optional<Failure> failure(Optional<Event.RunEnded> end) {
    return end.flatMap(event -> Optional.ofNullable(event.failure()));
  }

  RunSummary summary(RunRow run) throws FailureException {
    return new RunSummary(
        run.id().value(), state(run), time(run.created()), timeOrNull(run.ended()), run.labels());
  }

  RunLog log(RunRow run) throws FailureException {
    WesLinks links = new WesLinks();
    List<TaskView> tasks = runs.tasks(run);
    Optional<Event.RunEnded> end = runs.end(run);
    RecordValue outputs =
        new OutputLinks(path -> links.output(run.id(), path))
            .of(runs.outputs(run).orElse(RecordValue.EMPTY));
    return new RunLog(
        run.id().value(),
        request(run),
        WesState.of(run.state(), failure(end)),
        runLog(run, end, tasks, links),
        links.tasks(run.id()),
        tasks.stream().limit(TASKS_IN_RUN).map(task -> task(run, task, links)).toList(),
        ValueJson.write(outputs));
  }

  private Log runLog(
      RunRow run, Optional<Event.RunEnded> end, List<TaskView> tasks, WesLinks links) {
    List<String> told = new ArrayList<>();
    failure(end).ifPresent(failure -> told.add(failure.code() + ": " + failure.message()));
    end.ifPresent(event -> event.leftBehind().forEach(left -> told.add("left behind: " + left)));
    TaskView only = tasks.size() == 1 ? tasks.getFirst() : null;
    return new Log(
        run.workflow(),
        only == null || only.execution() == null ? null : only.execution().command(),
        time(run.created()),
        timeOrNull(run.ended()),
        links.run(run.id()) + "/stdout",
        links.run(run.id()) + "/stderr",
        exitCode(run, tasks),
        told);
  }

  private static @Nullable Integer exitCode(RunRow run, List<TaskView> tasks) {
    return switch (run.state()) {
      case SUCCEEDED -> 0;
      case FAILED ->
          tasks.stream()
              .filter(task -> task.state() == TaskView.State.FAILED)
              .map(WesView::exitCode)
              .filter(code -> code != null && code != 0)
              .findFirst()
              .orElse(1);
      case QUEUED, RUNNING, PAUSED, CANCELLING, CANCELLED -> null;
    };
  }

  private static @Nullable Integer exitCode(TaskView task) {
    return task.execution() == null ? null : task.execution().exitCode();
  }

  TaskLog task(RunRow run, TaskView task) {
    return task(run, task, new WesLinks());
  }

  private static TaskLog task(RunRow run, TaskView task, WesLinks links) {
    Event.Execution execution = task.execution();
    String url = task.attempts() == 0 ? null : links.task(run.id(), task.task());
    Instant started =
        execution != null && execution.started() != null ? execution.started() : task.startedAt();
    return new TaskLog(
        Long.toString(task.task()),
        task.address(),
        execution == null ? List.of() : execution.command(),
        timeOrNull(started),
        timeOrNull(execution == null ? task.endedAt() : execution.ended()),
        url == null ? null : url + "/stdout",
        url == null ? null : url + "/stderr",
        exitCode(task),
        told(task));
  }

  private static List<String> told(TaskView task) {
    List<String> told = new ArrayList<>();
    told.add("attempts: " + task.attempts());
    Event.Execution execution = task.execution();
    if (execution != null) {
      told.add("ran on %s, site %s".formatted(execution.host(), execution.site()));
    }
    if (task.origin() instanceof Event.Origin.Cached cached) {
      told.add("taken from the cache: run %s, task %d".formatted(cached.run(), cached.task()));
    } else if (task.origin() instanceof Event.Origin.Adopted adopted) {
      told.add("adopted from run %s, task %d".formatted(adopted.run(), adopted.task()));
    }
    Failure failure = task.failure();
    if (failure != null) {
      told.add(failure.code() + ": " + failure.message());
    }
    return told;
  }

  /** What a client asked for, or what it would have asked for to get this run. */
  private RunRequest request(RunRow run) throws FailureException {
    Optional<RunRequest> kept = requests.find(run.id());
    if (kept.isPresent()) {
      return kept.get();
    }
    CwlProcess process = runs.definition(run).process();
    return new RunRequest(
        json.readTree(Handle.masked(ValueJson.write(runs.inputs(run)))),
        Supported.TYPE,
        process.header().cwlVersion(),
        run.labels(),
        Map.of(),
        Supported.ENGINE,
        Supported.engineVersion(),
        run.workflow());
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static @Nullable String timeOrNull(@Nullable Instant instant) {
    return instant == null ? null : time(instant);
  }
}
