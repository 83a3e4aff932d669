package io.twinflow.engine.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.server.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/runs}. */
@RestController
@RequestMapping(Paths.ROOT + "/runs")
@Tag(name = "Runs")
class SubmitController {

  static final String KEY =
      "A text of your choice: the same submission with the same key is one run, however often it is sent.";

  private final Submitting submitting;
  private final SubmittedJson json;
  private final SubmittedForm form;

  SubmitController(Submitting submitting, SubmittedJson json, SubmittedForm form) {
    this.submitting = submitting;
    this.json = json;
    this.form = form;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Submit a run",
      description =
          "The run is durable when this answers. As form data, files can be sent along: each part with the name of an input becomes its value, other files are named by the input object.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    schema = @Schema(implementation = NewRun.class)),
                @Content(
                    mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                    schema = @Schema(implementation = SubmittedForm.Form.class))
              }))
  @ApiResponse(
      responseCode = "201",
      description = "The run.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  ResponseEntity<RunView> submit(
      @RequestBody(required = false) byte @Nullable [] body,
      @RequestHeader(name = "Idempotency-Key", required = false) @Parameter(description = KEY)
          @Nullable String key,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws Exception {
    byte[] bytes = body == null ? new byte[0] : body;
    return submitting.submit(caller, key, folder -> json.into(folder, bytes, caller));
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @io.swagger.v3.oas.annotations.Hidden
  ResponseEntity<RunView> submitForm(
      HttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @AuthenticationPrincipal Caller caller)
      throws Exception {
    return submitting.submit(
        caller, key, folder -> form.into(folder, request, key != null, caller));
  }
}
