package io.twinflow.engine.server.wes;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunFilter;
import io.twinflow.engine.server.runs.RunRequests.Kind;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Audited;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.views.TaskJson;
import io.twinflow.engine.server.wes.WesModel.RunId;
import io.twinflow.engine.server.wes.WesModel.RunListResponse;
import io.twinflow.engine.server.wes.WesModel.RunLog;
import io.twinflow.engine.server.wes.WesModel.RunStatus;
import io.twinflow.engine.server.wes.WesModel.RunSummary;
import io.twinflow.engine.server.wes.WesModel.TaskListResponse;
import io.twinflow.engine.server.wes.WesModel.TaskLog;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** GA4GH WES 1.1: runs and their tasks. */
@RestController
@RequestMapping(path = WesErrors.BASE, produces = MediaType.APPLICATION_JSON_VALUE)
class WesController {

  private final Runs runs;
  private final SubmitWes submit;
  private final WesView view;
  private final WesTasks tasks;

  WesController(Runs runs, SubmitWes submit, WesView view, WesTasks tasks) {
    this.tasks = tasks;
    this.runs = runs;
    this.submit = submit;
    this.view = view;
  }

  @GetMapping("/runs")
  RunListResponse list(
      @RequestParam(name = "page_size", required = false) @Nullable Long size,
      @RequestParam(name = "page_token", required = false) @Nullable String token,
      @AuthenticationPrincipal Caller caller)
      throws FailureException {
    int most = PageToken.size(size);
    RunFilter filter = new RunFilter(Map.of(), null, Set.of(), null, null, PageToken.last(token));
    List<RunRow> rows = runs.page(caller, filter, most + 1);
    List<RunSummary> page = new ArrayList<>();
    for (RunRow row : rows.subList(0, Math.min(most, rows.size()))) {
      page.add(view.summary(row));
    }
    return new RunListResponse(
        page, rows.size() > most ? PageToken.of(page.getLast().runId()) : PageToken.END);
  }

  @PostMapping("/runs")
  RunId run(HttpServletRequest request, @AuthenticationPrincipal Caller caller)
      throws IOException,
          ServletException,
          InvalidDefinitionException,
          FailureException,
          NoSuchRunException {
    io.twinflow.engine.core.RunId made = submit.submit(request, caller);
    Audited.made(request, made);
    return new RunId(made.value());
  }

  @GetMapping("/runs/{id}")
  RunLog log(@PathVariable String id, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, FailureException {
    return view.log(runs.get(caller, id));
  }

  @GetMapping("/runs/{id}/status")
  RunStatus status(@PathVariable String id, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, FailureException {
    RunRow run = runs.get(caller, id);
    return new RunStatus(run.id().value(), view.state(run));
  }

  @PostMapping("/runs/{id}/cancel")
  RunId cancel(@PathVariable String id, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    RunRow run = runs.get(caller, id);
    runs.ask(caller, run, Kind.CANCEL, "cancelled by " + caller.subject());
    return new RunId(run.id().value());
  }

  @GetMapping("/runs/{id}/tasks")
  TaskListResponse tasks(
      @PathVariable String id,
      @RequestParam(name = "page_size", required = false) @Nullable Long size,
      @RequestParam(name = "page_token", required = false) @Nullable String token,
      @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    RunRow run = runs.get(caller, id);
    int most = PageToken.size(size);
    long after = number(PageToken.last(token));
    List<TaskJson> rest = tasks.page(run, null, after, most + 1);
    List<TaskLog> page = rest.stream().limit(most).map(task -> view.task(run, task)).toList();
    return new TaskListResponse(
        page, rest.size() > most ? PageToken.of(page.getLast().id()) : PageToken.END);
  }

  @GetMapping("/runs/{id}/tasks/{task}")
  TaskLog task(
      @PathVariable String id, @PathVariable String task, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    RunRow run = runs.get(caller, id);
    return view.task(run, tasks.get(run, task));
  }

  private static long number(@Nullable String last) {
    try {
      return last == null ? 0 : Long.parseLong(last);
    } catch (NumberFormatException e) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "page_token: not a token of this list", e);
    }
  }
}
