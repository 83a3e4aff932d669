package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.ContinueRuns;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Runs a workflow once more, with some inputs changed. */
@RestController
@RequestMapping(Paths.ROOT + "/runs/{id}/rerun")
@Tag(name = "Runs")
class RerunController {

  private final Runs runs;
  private final ContinueRuns again;
  private final Submitting submitting;
  private final SubmittedJson json;
  private final SubmittedForm form;

  RerunController(
      Runs runs,
      ContinueRuns again,
      Submitting submitting,
      SubmittedJson json,
      SubmittedForm form) {
    this.runs = runs;
    this.again = again;
    this.submitting = submitting;
    this.json = json;
    this.form = form;
  }

  /** How the new run differs. */
  @Schema(name = "Rerun")
  record Rerun(
      @Nullable
          @Schema(
              description = "The inputs that differ; null asks for the default.",
              types = "object",
              example = "{\"message\": \"good morning\"}")
          JsonNode inputs,
      @Nullable @Schema(description = "Beside those of the old run.") Map<String, String> labels,
      @Nullable @Schema(description = "What is missing is as in the old run.")
          OptionsBody options) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Run again with changed inputs",
      description =
          "Makes a new run of the same workflow version; calls whose inputs are the same are found in the cache. As form data, parts with names of inputs change them, as when a run is submitted.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = Rerun.class))))
  @ApiResponse(
      responseCode = "201",
      description = "The new run.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  ResponseEntity<RunView> rerun(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @RequestHeader(name = "Idempotency-Key", required = false)
          @Parameter(description = SubmitController.KEY)
          @Nullable String key,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    RunRow old = runs.get(caller, id);
    RunOptions before = again.created(old).options();
    byte[] bytes = body == null ? new byte[0] : body;
    return submitting.submit(
        caller,
        key,
        folder -> {
          Rerun wanted = json.read(bytes, Rerun.class);
          return draft(
              again.rerun(
                  caller,
                  old,
                  folder,
                  Submission.Inputs.of(json.inputs(bytes, wanted.inputs())),
                  OptionsBody.of(wanted.options(), before),
                  Labels.checked(wanted.labels())),
              id,
              Sha256.of(bytes));
        });
  }

  @Hidden
  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<RunView> rerunForm(
      @PathVariable String id,
      HttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @AuthenticationPrincipal Caller caller)
      throws Exception {
    RunRow old = runs.get(caller, id);
    RunOptions before = again.created(old).options();
    return submitting.submit(
        caller,
        key,
        folder -> {
          FormParts parts = FormParts.into(folder, request, key != null);
          return draft(
              again.rerun(
                  caller,
                  old,
                  folder,
                  form.inputs(folder, parts, again.definition(old).process()),
                  form.options(parts, before),
                  form.labels(parts)),
              id,
              parts.sha256());
        });
  }

  /** The same body for another run is another submission. */
  private static Submitting.Draft draft(Submission submission, String id, String body) {
    Sha256 digest = new Sha256();
    digest.add(id);
    digest.add(body);
    return new Submitting.Draft(submission, digest.digest());
  }
}
