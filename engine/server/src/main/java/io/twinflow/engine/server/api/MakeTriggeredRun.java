package io.twinflow.engine.server.api;

import io.twinflow.engine.bpmn.Addressee;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRequests;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.triggers.firing.CannotStartException;
import io.twinflow.triggers.firing.RunMaker;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes runs of what triggers order, as if their owners had submitted them. */
@Component
final class MakeTriggeredRun implements RunMaker {

  /** Another server makes the same run at this moment, or did so until it died. */
  private static final String BEING_MADE = OwnedElsewhereException.CODE;

  private final Engine engine;
  private final Runs runs;
  private final Uploads uploads;
  private final Catalogue catalogue;
  private final Processes processes;
  private final JsonMapper json;

  MakeTriggeredRun(
      Engine engine,
      Runs runs,
      Uploads uploads,
      Catalogue catalogue,
      Processes processes,
      JsonMapper json) {
    this.processes = processes;
    this.engine = engine;
    this.runs = runs;
    this.uploads = uploads;
    this.catalogue = catalogue;
    this.json = json;
  }

  @Override
  public String newRun() {
    return engine.newRunId().value();
  }

  /** Sees the workflow that was found when the trigger was saved, whoever keeps it. */
  private static Caller owner(Order order) {
    return new Caller(order.tenant(), order.subject(), true);
  }

  @Override
  public void make(Order order) throws CannotStartException, IOException {
    KeptWorkflow workflow =
        catalogue
            .find(owner(order), order.workflow())
            .orElseThrow(() ->
                new CannotStartException(
                    "its workflow %s is no longer kept; save the trigger again with one that is"
                        .formatted(order.workflow())));
    try {
      Submission.Definition definition = catalogue.load(workflow);
      RunOptions options = options(order.options());
      runs.submit(
          new Submission(
              order.subject(),
              uploads.newFolder(),
              definition,
              Submission.Inputs.of(new Submission.InputText("inputs", order.inputs())),
              options,
              order.labels(),
              Optional.empty(),
              Optional.of(new RunId(order.run()))));
    } catch (InvalidDefinitionException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    } catch (BadRequestException e) {
      throw new CannotStartException("options: " + e.getMessage(), e);
    } catch (FailureException e) {
      boolean isTheirs = e.failure().kind() == FailureKind.USER;
      if (isTheirs && !e.failure().code().equals(BEING_MADE)) {
        throw new CannotStartException(String.valueOf(e.getMessage()), e);
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> tell(Told message) throws CannotStartException, IOException {
    if (!processes.isUsed()) {
      return Optional.empty();
    }
    RecordValue content = content(message);
    try {
      return processes.deliver(
          message.key(),
          new Addressee(
              message.tenant(),
              message.subject(),
              content.get("run") instanceof StringValue(String run) ? run : null,
              record(content, "where")),
          message.name(),
          record(content, "values"));
    } catch (ProcessException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public int signal(Told signal) throws CannotStartException, IOException {
    if (!processes.isUsed()) {
      return 0;
    }
    return processes.signal(
        signal.key(),
        signal.tenant(),
        signal.subject(),
        signal.name(),
        record(content(signal), "values"));
  }

  private static RecordValue content(Told message) throws CannotStartException {
    try {
      RecordValue content = (RecordValue) ValueJson.read(message.content());
      boolean isText = content.get("run") instanceof StringValue;
      if (content.fields().containsKey("run") && !isText) {
        throw new CannotStartException(
            "message.run: expected the id of a process, found "
                + ValueJson.write(content.get("run")));
      }
      return content;
    } catch (InvalidJsonException e) {
      throw new CannotStartException("message: " + e.getMessage(), e);
    }
  }

  private static RecordValue record(RecordValue content, String field) {
    return content.get(field) instanceof RecordValue record ? record : RecordValue.EMPTY;
  }

  RunOptions options(String text) throws BadRequestException {
    return OptionsBody.of(json.readValue(text, OptionsBody.class), RunOptions.DEFAULT);
  }

  @Override
  public void cancel(String tenant, String run, String reason) throws IOException {
    Caller anybody = new Caller(tenant, "triggers", true);
    try {
      runs.ask(anybody, runs.get(anybody, run), RunRequests.Kind.CANCEL, reason);
    } catch (NoSuchRunException e) {
      // It was deleted since.
      return;
    }
  }
}
