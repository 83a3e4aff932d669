package io.twinflow.engine.server.ogc;

import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.LoadSubmitted;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.workflowdefs.cwl.OutputParameter;
import io.twinflow.workflowdefs.cwl.WorkflowDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes a run of a process, and a job of the run. */
@Component
class ExecuteProcess {

  private static final String INPUTS = "inputs.json";

  private final Runs runs;
  private final LoadSubmitted load;
  private final Uploads uploads;
  private final JobStore jobs;
  private final Callbacks callbacks;
  private final JsonMapper json;

  ExecuteProcess(
      Runs runs,
      LoadSubmitted load,
      Uploads uploads,
      JobStore jobs,
      Callbacks callbacks,
      JsonMapper json) {
    this.runs = runs;
    this.load = load;
    this.uploads = uploads;
    this.jobs = jobs;
    this.callbacks = callbacks;
    this.json = json;
  }

  RunId execute(
      Caller caller,
      StoredProcess process,
      JsonNode inputs,
      RunOptions options,
      ExecuteRequest request,
      Base base)
      throws IOException, InvalidDefinitionException, FailureException {
    WorkflowDocument document = process.document();
    List<String> outputs =
        document.process().outputs().stream().map(OutputParameter::name).toList();
    request
        .unknown(outputs)
        .ifPresent(name -> {
          throw OgcErrors.invalid(
              "outputs: the process has no output %s; it has %s".formatted(name, outputs));
        });
    callbacks.check(request.callbacks());
    Path folder = uploads.newFolder();
    boolean accepted = false;
    try {
      ObjectNode given = new CwlInputs(folder, load, json).of(document.process(), inputs);
      RunId run =
          runs.submit(
              new Submission(
                  caller.subject(),
                  folder,
                  new Submission.Definition.Known(process.id(), document, Set.of()),
                  Submission.Inputs.of(new Submission.InputText(INPUTS, given.toString())),
                  options,
                  Map.of(),
                  Optional.empty()));
      accepted = true;
      jobs.add(caller, run.value(), process.id(), request, base);
      callbacks.add(caller, run, request.callbacks());
      return run;
    } finally {
      if (!accepted) {
        uploads.discard(folder);
      }
    }
  }
}
