package io.twinflow.engine.server.api;

import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.LoadSubmitted;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads submissions in JSON. */
@Component
class SubmittedJson {

  private static final String INPUTS = "inputs.json";

  private final Uploads uploads;
  private final Catalogue catalogue;
  private final LoadSubmitted load;
  private final JsonMapper json;

  SubmittedJson(Uploads uploads, Catalogue catalogue, LoadSubmitted load, JsonMapper json) {
    this.load = load;
    this.uploads = uploads;
    this.catalogue = catalogue;
    this.json = json;
  }

  Submitting.Draft into(Path folder, byte[] body, Caller caller)
      throws IOException, BadRequestException, InvalidDefinitionException, NoSuchWorkflowException {
    NewRun run = read(body, NewRun.class);
    return new Submitting.Draft(
        new Submission(
            caller.subject(),
            folder,
            definition(folder, run, caller),
            Submission.Inputs.of(inputs(body, run.inputs())),
            OptionsBody.of(run.options(), RunOptions.DEFAULT),
            Labels.checked(run.labels()),
            Optional.empty()),
        Sha256.of(body));
  }

  /** A body, which must be there. */
  <T> T read(byte[] body, Class<T> type) throws BadRequestException {
    T read = body.length == 0 ? null : json.readValue(body, type);
    if (read == null) {
      throw new BadRequestException("body", "expected a JSON object, found nothing");
    }
    return read;
  }

  /** The input object of a body, at the lines where it stands there. */
  Submission.InputText inputs(byte[] body, @Nullable JsonNode inputs) throws BadRequestException {
    if (inputs != null && !inputs.isObject() && !inputs.isNull()) {
      throw new BadRequestException(
          "inputs", "expected an object with a value for each input of the workflow");
    }
    return new Submission.InputText(INPUTS, RawInputs.of(body, json));
  }

  private Submission.Definition definition(Path folder, NewRun run, Caller caller)
      throws IOException, BadRequestException, InvalidDefinitionException, NoSuchWorkflowException {
    JsonNode workflow = run.workflow();
    String name = WorkflowText.fileName(run.name());
    if (workflow != null && workflow.isObject()) {
      uploads.write(folder, name, workflow.toPrettyString());
      return new Submission.Definition.Uploaded(name);
    }
    if (workflow == null || !workflow.isString() || workflow.asString().isBlank()) {
      throw new BadRequestException(
          "workflow",
          "expected the id or name of a kept workflow, a URL, a CWL document as text or as an object, or a BPMN document as text");
    }
    String text = workflow.asString();
    if (WorkflowText.isDocument(text)) {
      uploads.write(folder, name, text);
      return load.definition(folder, name);
    }
    return reference(text.strip(), caller);
  }

  /** A URL, or what stands in the catalogue. */
  Submission.Definition reference(String text, Caller caller)
      throws InvalidDefinitionException, NoSuchWorkflowException {
    if (WorkflowText.isUrl(text)) {
      return new Submission.Definition.Uploaded(text);
    }
    if (Labels.isBad(text, 255)) {
      throw new NoSuchWorkflowException("of this name");
    }
    return catalogue.load(
        catalogue.find(caller, text).orElseThrow(() -> new NoSuchWorkflowException(text)));
  }
}
