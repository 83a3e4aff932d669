package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunFilter;
import io.twinflow.engine.server.runs.RunRequests.Kind;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/runs}. */
@RestController
@RequestMapping("/api/v1/runs")
class RunController {

  private static final int PAGE = 50;

  private final Runs runs;
  private final Uploads uploads;

  RunController(Runs runs, Uploads uploads) {
    this.runs = runs;
    this.uploads = uploads;
  }

  /**
   * @param workflow the text of a CWL document
   * @param inputs the input object
   */
  record NewRun(String workflow, @Nullable JsonNode inputs, @Nullable Map<String, String> labels) {}

  /** A run, as lists show it. */
  record RunInList(
      String id,
      String workflow,
      String workflowVersion,
      String state,
      String subject,
      Map<String, String> labels,
      Instant created,
      @Nullable Instant ended,
      @Nullable String failure) {
    static RunInList of(RunRow row) {
      return new RunInList(
          row.id().value(),
          row.workflow(),
          row.version(),
          row.state().name().toLowerCase(Locale.ROOT),
          row.subject(),
          row.labels(),
          row.created(),
          row.ended(),
          row.failure());
    }
  }

  record RunPage(List<RunInList> runs) {}

  record Outputs(@JsonRawValue String outputs) {}

  @PostMapping
  ResponseEntity<RunInList> submit(
      @RequestBody NewRun request, @AuthenticationPrincipal Caller caller)
      throws IOException, InvalidDefinitionException, FailureException, NoSuchRunException {
    Path upload = uploads.newFolder();
    uploads.write(upload, "workflow.cwl", request.workflow());
    JsonNode inputs = request.inputs();
    uploads.write(upload, "inputs.json", inputs == null ? "{}" : inputs.toString());
    Map<String, String> labels = request.labels();
    RunId run =
        runs.submit(
            new Submission(
                caller.subject(),
                upload,
                "workflow.cwl",
                "inputs.json",
                RunOptions.DEFAULT,
                labels == null ? Map.of() : labels,
                Optional.empty()));
    return ResponseEntity.created(URI.create("/api/v1/runs/" + run))
        .body(RunInList.of(runs.get(caller, run.value())));
  }

  @GetMapping
  RunPage list(@AuthenticationPrincipal Caller caller) {
    return new RunPage(runs.page(caller, RunFilter.ALL, PAGE).stream().map(RunInList::of).toList());
  }

  @GetMapping("/{id}")
  RunInList get(@PathVariable String id, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    return RunInList.of(runs.get(caller, id));
  }

  @GetMapping("/{id}/outputs")
  Outputs outputs(@PathVariable String id, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, FailureException {
    RecordValue outputs = runs.outputs(runs.get(caller, id)).orElse(RecordValue.EMPTY);
    return new Outputs(ValueJson.write(outputs));
  }

  @PostMapping("/{id}/cancel")
  ResponseEntity<RunInList> cancel(@PathVariable String id, @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException {
    RunRow run = runs.get(caller, id);
    runs.ask(caller, run, Kind.CANCEL, "cancelled by " + caller.subject());
    return ResponseEntity.accepted().body(RunInList.of(run));
  }
}
