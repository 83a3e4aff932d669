package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.dmn.Decision;
import io.twinflow.engine.dmn.DmnDocument;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.ServedProcess;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.InputParameter;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.cwl.check.TypeText;
import io.twinflow.workflowdefs.cwl.check.ValueTypes;
import io.twinflow.workflowdefs.source.Problem;
import io.twinflow.workflowdefs.value.FileOrDirectory;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.Value;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow of the catalogue, with what it takes and gives. */
@Schema(name = "Workflow")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkflowView(
    String id,
    String name,
    @Schema(
            description = "What it is written in.",
            allowableValues = {"cwl", "bpmn", "dmn"})
        String kind,
    @Schema(description = "SHA-256 of its pinned sources.") String version,
    @Schema(description = "Who keeps it.") String subject,
    @Schema(description = "UTC.") Instant created,
    @Nullable String label,
    @Nullable String doc,
    @Nullable @Schema(description = "Of CWL, as the document says.") String cwlVersion,
    List<Input> inputs,
    List<Output> outputs,
    @Schema(description = "Findings that do not stop a run.") List<Finding> warnings,
    Map<String, String> links) {

  /** An input. */
  @Schema(name = "WorkflowInput")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Input(
      String name,
      @Schema(description = "As CWL writes it, or FEEL for a decision.", example = "File[]?")
          String type,
      @Schema(description = "Whether a run needs a value for it.") boolean required,
      @Nullable
          @JsonRawValue
          @Schema(
              name = "default",
              description = "What is taken without a value.",
              types = {"string", "number", "boolean", "object", "array"})
          @com.fasterxml.jackson.annotation.JsonProperty("default")
          String preset,
      @Nullable String label,
      @Nullable String doc) {}

  /** An output. */
  @Schema(name = "WorkflowOutput")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Output(
      String name,
      @Schema(description = "As CWL writes it; Any for a decision.") String type,
      @Nullable String label,
      @Nullable String doc) {}

  static WorkflowView of(KeptWorkflow kept, WorkflowDocument document) {
    return of(
        kept, document.process(), document.process().header().cwlVersion(), document.warnings());
  }

  /** A process in BPMN takes what its start form asks for. */
  static WorkflowView of(KeptWorkflow kept, ServedProcess served) {
    return of(kept, served.inputs(), null, served.document().warnings());
  }

  /** A decision takes what its tables ask for. */
  static WorkflowView of(KeptWorkflow kept, DmnDocument document) {
    Decision main = document.main();
    return new WorkflowView(
        kept.id(),
        kept.name(),
        kept.kind().text(),
        kept.version(),
        kept.subject(),
        kept.created(),
        main.name(),
        null,
        null,
        main.inputs().stream()
            .map(input -> new Input(input.name(), input.type(), true, null, null, null))
            .toList(),
        main.outputs().stream().map(output -> new Output(output, "Any", null, null)).toList(),
        document.warnings().stream().map(WorkflowView::finding).toList(),
        WorkflowInList.of(kept).links());
  }

  static WorkflowView of(KeptWorkflow kept, Submission.Definition.Loaded loaded) {
    return switch (loaded) {
      case Submission.Definition.Known known -> of(kept, known.document());
      case Submission.Definition.Bpmn bpmn -> of(kept, bpmn.served());
    };
  }

  private static WorkflowView of(
      KeptWorkflow kept, CwlProcess process, @Nullable String cwlVersion, List<Problem> warnings) {
    return new WorkflowView(
        kept.id(),
        kept.name(),
        kept.kind().text(),
        kept.version(),
        kept.subject(),
        kept.created(),
        process.header().label(),
        process.header().doc(),
        cwlVersion,
        process.inputs().stream().map(WorkflowView::input).toList(),
        process.outputs().stream().map(WorkflowView::output).toList(),
        warnings.stream().map(WorkflowView::finding).toList(),
        WorkflowInList.of(kept).links());
  }

  private static Finding finding(Problem problem) {
    return Finding.of(problem);
  }

  private static Input input(InputParameter input) {
    Value preset = input.defaultValue();
    return new Input(
        input.name(),
        TypeText.of(input.type()),
        preset == null && !ValueTypes.matches(NullValue.NULL, input.type()),
        preset == null ? null : shown(preset),
        input.label(),
        input.doc());
  }

  /** Where a default file lies on the server is nobody's business. */
  private static String shown(Value preset) {
    if (preset instanceof FileOrDirectory file && file.location() != null) {
      String name = file.basename();
      return ValueJson.write(
          new io.twinflow.workflowdefs.value.StringValue(
              name == null ? Locations.basename(file.location()) : name));
    }
    return ValueJson.write(preset);
  }

  private static Output output(OutputParameter output) {
    return new Output(output.name(), TypeText.of(output.type()), output.label(), output.doc());
  }
}
