package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.secret.Handle;
import io.twinflow.engine.server.results.OutputLinks;
import io.twinflow.engine.server.results.OutputPath;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs were given and what they made, as CWL objects. */
@RestController
@RequestMapping(Paths.ROOT + "/runs/{id}")
@Tag(name = "Data")
class DataController {

  private final Runs runs;

  DataController(Runs runs) {
    this.runs = runs;
  }

  /** The input object of a run. */
  record Inputs(@JsonRawValue @Schema(types = "object") String inputs) {}

  /** The output object of a run. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Outputs(
      @Schema(description = "Of the run.") String state,
      @JsonRawValue
          @Schema(
              types = "object",
              description =
                  "A value for each output; of a failed run, what there is. The location of each File and Directory is where to download it.")
          String outputs) {}

  @GetMapping("/inputs")
  @Operation(
      summary = "What a run was given",
      description = "Complete, with defaults. The location of each File is where to download it.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Inputs.class)))
  Inputs inputs(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, FailureException {
    RunRow run = runs.get(caller, id);
    return new Inputs(Handle.masked(ValueJson.write(links(id, "inputs").of(runs.inputs(run)))));
  }

  @GetMapping("/outputs")
  @Operation(summary = "What a run made", description = "Empty while it has not ended.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Outputs.class)))
  Outputs outputs(
      @PathVariable @Parameter(description = "The run's id.") String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws NoSuchRunException, FailureException {
    RunRow run = runs.get(caller, id);
    Optional<RecordValue> outputs = runs.outputs(run);
    return new Outputs(
        RunView.of(run).state(),
        ValueJson.write(links(id, "outputs").of(outputs.orElse(RecordValue.EMPTY))));
  }

  private static OutputLinks links(String id, String what) {
    String root = Paths.run(id) + "/" + what + "/";
    return new OutputLinks((OutputPath path) -> root + path.encoded());
  }
}
