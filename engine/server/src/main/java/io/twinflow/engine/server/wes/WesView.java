package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.secret.Handle;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.engine.server.runs.Kind;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.PublicText;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.views.TaskJson;
import io.twinflow.engine.server.wes.WesModel.Log;
import io.twinflow.engine.server.wes.WesModel.RunLog;
import io.twinflow.engine.server.wes.WesModel.RunRequest;
import io.twinflow.engine.server.wes.WesModel.RunSummary;
import io.twinflow.engine.server.wes.WesModel.TaskLog;
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
  private final WesTasks tasks;
  private final JsonMapper json;

  WesView(Runs runs, WesRequests requests, WesTasks tasks, JsonMapper json) {
    this.tasks = tasks;
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
        run.id().value(),
        state(run),
        timeOrNull(run.started()),
        timeOrNull(run.ended()),
        run.labels());
  }

  RunLog log(RunRow run) throws FailureException {
    WesLinks links = new WesLinks();
    List<TaskJson> first = tasks.page(run, null, 0, TASKS_IN_RUN);
    Optional<Event.RunEnded> end = runs.end(run);
    RecordValue outputs =
        new OutputLinks(path -> links.output(run.id(), path))
            .of(runs.outputs(run).orElse(RecordValue.EMPTY));
    return new RunLog(
        run.id().value(),
        request(run),
        WesState.of(run.state(), failure(end)),
        runLog(run, end, first, links),
        links.tasks(run.id()),
        first.stream().map(task -> task(run, task, links)).toList(),
        ValueJson.write(outputs));
  }

  private Log runLog(
      RunRow run, Optional<Event.RunEnded> end, List<TaskJson> first, WesLinks links) {
    List<String> told = new ArrayList<>();
    failure(end)
        .ifPresent(failure -> told.add(failure.code() + ": " + PublicText.of(failure.message())));
    end.ifPresent(event -> event.leftBehind().forEach(left -> told.add("left behind: " + left)));
    TaskJson only = first.size() == 1 ? first.getFirst() : null;
    return new Log(
        run.workflow(),
        only == null ? null : only.command(),
        timeOrNull(run.started()),
        timeOrNull(run.ended()),
        links.run(run.id()) + "/stdout",
        links.run(run.id()) + "/stderr",
        exitCode(run),
        told);
  }

  private @Nullable Integer exitCode(RunRow run) {
    return switch (run.state()) {
      case SUCCEEDED -> 0;
      case FAILED ->
          tasks.page(run, "failed", 0, TASKS_IN_RUN).stream()
              .map(TaskJson::exitCode)
              .filter(code -> code != null && code != 0)
              .findFirst()
              .orElse(1);
      case QUEUED, RUNNING, PAUSED, CANCELLING, CANCELLED -> null;
    };
  }

  TaskLog task(RunRow run, TaskJson task) {
    return task(run, task, new WesLinks());
  }

  private static TaskLog task(RunRow run, TaskJson task, WesLinks links) {
    String url = task.attempts() == 0 ? null : links.task(run.id(), task.task());
    return new TaskLog(
        Long.toString(task.task()),
        task.address(),
        task.command() == null ? List.of() : task.command(),
        timeOrNull(task.started()),
        timeOrNull(task.ended()),
        url == null ? null : url + "/stdout",
        url == null ? null : url + "/stderr",
        task.exitCode(),
        told(task));
  }

  private static List<String> told(TaskJson task) {
    List<String> told = new ArrayList<>();
    told.add("attempts: " + task.attempts());
    if (task.host() != null) {
      told.add("ran on %s, site %s".formatted(task.host(), task.site()));
    }
    if (task.origin() != null) {
      told.add(task.origin());
    }
    if (task.failure() != null) {
      told.add(task.failure().code() + ": " + PublicText.of(task.failure().message()));
    }
    return told;
  }

  /** What a client asked for, or what it would have asked for to get this run. */
  private RunRequest request(RunRow run) throws FailureException {
    Optional<RunRequest> kept = requests.find(run.id());
    if (kept.isPresent()) {
      return kept.get();
    }
    boolean workflow = run.kind() == Kind.CWL;
    return new RunRequest(
        json.readTree(Handle.masked(ValueJson.write(runs.inputs(run)))),
        workflow ? Supported.TYPE : "BPMN",
        workflow ? runs.definition(run).process().header().cwlVersion() : "2.0",
        run.labels(),
        Map.of(),
        Supported.ENGINE,
        Supported.engineVersion(),
        run.workflow());
  }

  private static @Nullable String timeOrNull(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
