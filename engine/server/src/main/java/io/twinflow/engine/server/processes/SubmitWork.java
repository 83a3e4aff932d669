package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.Engine;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.RunSubjects;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.runs.Submission;
import io.twinflow.engine.server.runs.Uploads;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.cwl.CommandLineTool;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes the run that a process asks for, once, as if the process' owner had submitted it. */
@Component
final class SubmitWork {

  /** Another server makes the same run at this moment, or did so until it died. */
  private static final String BEING_MADE = OwnedElsewhereException.CODE;

  private final Engine engine;
  private final Processes processes;
  private final Catalogue catalogue;
  private final Uploads uploads;
  private final RunSubjects subjects;
  private final Runs runs;
  private final OwnRuns own;

  SubmitWork(
      Engine engine,
      Processes processes,
      Catalogue catalogue,
      Uploads uploads,
      RunSubjects subjects,
      Runs runs,
      OwnRuns own) {
    this.engine = engine;
    this.processes = processes;
    this.catalogue = catalogue;
    this.uploads = uploads;
    this.subjects = subjects;
    this.runs = runs;
    this.own = own;
  }

  void of(Asked asked) throws CannotBeDoneException, FailureException, IOException {
    String run = processes.name(asked.id(), engine.newRunId().value());
    // What was found when it was made counts, whatever the catalogue says by now.
    if (subjects.isMade(run)) {
      processes.taken(asked.id());
      return;
    }
    RunId process = new RunId(asked.instance());
    Event.RunCreated created = own.created(process);
    Caller owner = new Caller(asked.tenant(), created.subject(), false);
    try {
      runs.submit(
          new Submission(
              created.subject(),
              uploads.newFolder(),
              definition(owner, asked),
              new Submission.Inputs(
                  RecordValue.EMPTY,
                  Optional.empty(),
                  ((RecordValue) asked.payload().get("inputs")).fields()),
              options(asked, created.options()),
              Map.of("process", process.value(), "activity", asked.activity()),
              Optional.empty(),
              Optional.of(new RunId(run))));
    } catch (InvalidDefinitionException e) {
      throw new CannotBeDoneException(FailureKind.USER, String.valueOf(e.getMessage()));
    } catch (FailureException e) {
      if (e.failure().kind() == FailureKind.USER && !e.failure().code().equals(BEING_MADE)) {
        throw new CannotBeDoneException(FailureKind.USER, e.failure().message());
      }
      throw e;
    }
    processes.taken(asked.id());
  }

  private Submission.Definition definition(Caller owner, Asked asked)
      throws CannotBeDoneException, InvalidDefinitionException {
    boolean tool = asked.kind().equals("tool");
    String name = text(asked, tool ? "tool" : "workflow");
    KeptWorkflow workflow =
        catalogue
            .find(owner, name)
            .orElseThrow(() ->
                new CannotBeDoneException(
                    FailureKind.USER,
                    "%s keeps no workflow \"%s\": keep it with POST /api/v1/workflows?name=%s"
                        .formatted(owner.subject(), name, name)));
    if (!(catalogue.load(workflow) instanceof Submission.Definition.Known known)) {
      throw new CannotBeDoneException(
          FailureKind.USER,
          "\"%s\" is a process, and a process runs workflows: write it into the same document and call it with a callActivity"
              .formatted(name));
    }
    if (tool && !(known.process() instanceof CommandLineTool)) {
      throw new CannotBeDoneException(
          FailureKind.USER,
          "tw:tool: expected a CommandLineTool, \"%s\" is a workflow: run it with tw:run"
              .formatted(name));
    }
    Set<String> files = new HashSet<>(known.uploads());
    // What was sent with the process may be given to what it runs.
    files.addAll(uploads.of(asked.instance()));
    return new Submission.Definition.Known(known.name(), known.document(), files);
  }

  private static RunOptions options(Asked asked, RunOptions ofProcess) {
    String site = text(asked, "site");
    return site.isEmpty() ? ofProcess : ofProcess.withSites(Map.of("", site));
  }

  private static String text(Asked asked, String field) {
    return asked.payload().get(field) instanceof StringValue(String text) ? text : "";
  }
}
