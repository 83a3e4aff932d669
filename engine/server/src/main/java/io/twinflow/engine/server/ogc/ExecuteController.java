package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.security.Audited;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.security.Priorities;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /processes/{id}/execution}: at once, or as a job to look at. */
@RestController
class ExecuteController {

  private final ProcessStore processes;
  private final ExecuteProcess execute;
  private final JobStore jobs;
  private final JobView view;
  private final AwaitJob await;
  private final Results results;
  private final JsonMapper json;

  ExecuteController(
      ProcessStore processes,
      ExecuteProcess execute,
      JobStore jobs,
      JobView view,
      AwaitJob await,
      Results results,
      JsonMapper json) {
    this.processes = processes;
    this.execute = execute;
    this.jobs = jobs;
    this.view = view;
    this.await = await;
    this.results = results;
    this.json = json;
  }

  @PostMapping(OgcErrors.BASE + "/processes/{id}/execution")
  void execute(
      @PathVariable String id,
      @AuthenticationPrincipal Caller caller,
      HttpServletRequest http,
      HttpServletResponse response)
      throws IOException,
          InvalidDefinitionException,
          FailureException,
          NoSuchRunException,
          InterruptedException {
    StoredProcess process =
        processes.find(caller, id).orElseThrow(() -> OgcErrors.noSuchProcess(id));
    OgcErrors.checkJson(http.getContentType());
    JsonNode body = body(http);
    Preferences prefer = Preferences.of(http);
    ExecuteRequest request = ExecuteRequest.of(body, prefer);
    boolean async = prefer.async() || body.path("mode").asString("").equals("async");
    Base base = Base.ofRequest();
    RunId run =
        execute.execute(caller, process, body.path("inputs"), options(caller, body), request, base);
    Audited.made(http, run);
    if (!async) {
      await.await(caller, run, prefer.patience());
    }
    JobRow job = jobs.find(caller, run.value()).orElseThrow();
    String applied = prefer.applied(async);
    if (!applied.isEmpty()) {
      response.setHeader("Preference-Applied", applied);
    }
    if (async || !job.state().isTerminal()) {
      response.setStatus(HttpStatus.CREATED.value());
      response.setHeader(HttpHeaders.LOCATION, base.job(run.value()));
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      json.writeValue(response.getOutputStream(), view.status(job, Optional.empty(), base));
      return;
    }
    response.addHeader(HttpHeaders.LINK, "<%s>; rel=monitor".formatted(base.job(run.value())));
    results.send(caller, job, request, true, http, response);
  }

  /** {@code priority} is no word of the standard, which lets a request have others. */
  private static RunOptions options(Caller caller, JsonNode body) {
    JsonNode priority = body.path("priority");
    if (priority.isMissingNode()) {
      return RunOptions.DEFAULT;
    }
    if (!priority.isInt() || !Priorities.isOne(priority.intValue())) {
      throw OgcErrors.invalid("priority: expected a number from -100 to 100, found " + priority);
    }
    RunOptions options = RunOptions.DEFAULT.withPriority(priority.intValue());
    Priorities.check(caller, options);
    return options;
  }

  private JsonNode body(HttpServletRequest http) throws IOException {
    byte[] bytes = http.getInputStream().readAllBytes();
    try {
      JsonNode body = bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      throw OgcErrors.invalid("the request is not JSON: " + e.getOriginalMessage());
    }
    throw OgcErrors.invalid("expected an execute request, a JSON object");
  }
}
