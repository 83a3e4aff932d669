package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRequests.Kind;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.views.Snapshots;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** Jobs: listed, looked at, dismissed, and their results. */
@RestController
@RequestMapping(OgcErrors.BASE + "/jobs")
class JobController {

  private final JobStore jobs;
  private final JobView view;
  private final Runs runs;
  private final Results results;
  private final Snapshots snapshots;
  private final Pages pages;

  JobController(
      JobStore jobs, JobView view, Runs runs, Results results, Snapshots snapshots, Pages pages) {
    this.jobs = jobs;
    this.view = view;
    this.runs = runs;
    this.results = results;
    this.snapshots = snapshots;
    this.pages = pages;
  }

  record JobList(List<ObjectNode> jobs, List<Link> links) {}

  @GetMapping
  ResponseEntity<String> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
    Base base = Base.ofRequest();
    JobFilter filter = JobFilter.of(request);
    List<JobRow> found = jobs.page(caller, filter);
    List<ObjectNode> page = new ArrayList<>();
    for (JobRow job : found.subList(0, Math.min(filter.limit(), found.size()))) {
      page.add(view.status(job, Optional.empty(), base));
    }
    List<Link> links = new ArrayList<>();
    links.add(Link.json(base.to("/jobs"), "self", "This list"));
    links.add(Link.html(base.to("/jobs"), "alternate", "This list for people"));
    if (found.size() > filter.limit()) {
      String next =
          ServletUriComponentsBuilder.fromCurrentRequest()
              .replaceQueryParam("after", found.get(filter.limit() - 1).id())
              .toUriString();
      links.add(Link.json(next, "next", "Older jobs"));
    }
    return pages.answer(request, "Jobs", new JobList(page, links));
  }

  @GetMapping("/{id}")
  ResponseEntity<String> get(
      @PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
      throws FailureException, IOException {
    JobRow job = found(caller, id);
    Optional<RunSnapshot> snapshot =
        job.status() == JobRow.Status.RUNNING
            ? Optional.of(snapshots.of(new RunId(id)))
            : Optional.empty();
    return pages.answer(request, "Job " + id, view.status(job, snapshot, Base.ofRequest()));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<String> dismiss(
      @PathVariable String id, @AuthenticationPrincipal Caller caller, HttpServletRequest request)
      throws NoSuchRunException {
    JobRow job = found(caller, id);
    runs.ask(caller, runs.get(caller, id), Kind.CANCEL, "dismissed by " + caller.subject());
    jobs.dismiss(caller, job);
    return pages.answer(
        request, "Job " + id, view.status(found(caller, id), Optional.empty(), Base.ofRequest()));
  }

  @GetMapping("/{id}/results")
  void results(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable List<String> outputs,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, FailureException, NoSuchRunException {
    JobRow job = found(caller, id);
    results.send(caller, job, jobs.request(job).only(outputs), false, request, response);
  }

  @GetMapping("/{id}/results/**")
  @Nullable ResponseEntity<?> result(
      @PathVariable String id,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, FailureException, NoSuchRunException {
    JobRow job = found(caller, id);
    return results.one(caller, job, request, response, jobs.request(job));
  }

  private JobRow found(Caller caller, String id) {
    return jobs.find(caller, id).orElseThrow(() -> OgcErrors.noSuchJob(id));
  }
}
