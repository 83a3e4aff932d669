package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.twinflow.engine.dmn.MatchedRule;
import io.twinflow.engine.server.runs.CannotDecideException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.DecideByTable;
import io.twinflow.engine.server.runs.MadeDecision;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workflows/{id}/decide}: what a table says, for people who want to try it. */
@RestController
@RequestMapping(Paths.ROOT + "/workflows")
@Tag(name = "Workflows")
class DecideController {

  private final Catalogue catalogue;
  private final DecideByTable decide;
  private final SubmittedJson bodies;

  DecideController(Catalogue catalogue, DecideByTable decide, SubmittedJson bodies) {
    this.catalogue = catalogue;
    this.decide = decide;
    this.bodies = bodies;
  }

  /** What is asked. */
  @Schema(name = "Question")
  record Question(
      @Nullable
          @Schema(
              description = "A value for each input of the decision; null says that there is none.",
              types = "object",
              example = "{\"level\": 3.8}")
          JsonNode inputs) {}

  /** What was decided. */
  @Schema(name = "Decision")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      @Schema(description = "Its name in the catalogue.") String decision,
      @Schema(description = "SHA-256 of the document that decided.") String digest,
      @JsonRawValue
          @Schema(
              description = "What the decision came to; null if no rule matched.",
              types = {"string", "number", "boolean", "object", "array", "null"})
          String result,
      @JsonRawValue @Schema(description = "The same by the names of outputs.", types = "object")
          String outputs,
      @Schema(description = "What matched, also in the tables that this one needs.")
          List<Rule> rules) {}

  /** A rule that matched. */
  @Schema(name = "MatchedRule")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rule(
      @Schema(description = "The id of the decision whose table it is in.") String decision,
      @Schema(description = "Its number there, from 1.") int rule,
      @Nullable @Schema(description = "Its id, if the document gives it one.") String id) {
    static Rule of(MatchedRule rule) {
      return new Rule(rule.decision(), rule.rule(), rule.id());
    }
  }

  @PostMapping("/{id}/decide")
  @Operation(
      operationId = "decide",
      summary = "Ask a decision",
      description = "Says what a kept document in DMN decides, and by which rules.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = Question.class))))
  Answer decide(
      @PathVariable
          @Parameter(description = "Its id, its digest, or its name, which stands for the newest.")
          String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Parameter(hidden = true) @AuthenticationPrincipal Caller caller)
      throws BadRequestException, NoSuchWorkflowException, InvalidDefinitionException, IOException {
    RecordValue inputs = inputs(body == null ? new byte[0] : body);
    try {
      MadeDecision made =
          decide.decide(
              caller.subject(),
              catalogue.find(caller, id).orElseThrow(() -> new NoSuchWorkflowException(id)),
              inputs.fields());
      return new Answer(
          made.name(),
          made.digest(),
          ValueJson.write(made.decided().result()),
          ValueJson.write(made.decided().outputs()),
          made.decided().rules().stream().map(Rule::of).toList());
    } catch (CannotDecideException e) {
      throw new BadRequestException(e.field(), String.valueOf(e.getMessage()));
    }
  }

  /** As they were written: numbers keep their digits. */
  private RecordValue inputs(byte[] body) throws BadRequestException {
    Question question = bodies.read(body, Question.class);
    String text = bodies.inputs(body, question.inputs()).text();
    try {
      return ValueJson.read(text) instanceof RecordValue inputs ? inputs : RecordValue.EMPTY;
    } catch (InvalidJsonException e) {
      throw new BadRequestException("inputs", "inputs: " + e.getMessage());
    }
  }
}
