package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Answer;
import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.runs.CannotDecideException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.DecideByTable;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.MadeDecision;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.tell.Tries;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks the table that a process asks for. It is the one that its owner keeps at that moment; which
 * one that was is told with the answer.
 */
@Component
final class DecideWork implements DisposableBean {

  private final Catalogue catalogue;
  private final DecideByTable decide;
  private final OwnRuns own;
  private final Processes processes;
  private final Aside aside;

  DecideWork(Catalogue catalogue, DecideByTable decide, OwnRuns own, Processes processes) {
    this.processes = processes;
    this.aside = new Aside(processes, Tries.WITHIN);
    this.catalogue = catalogue;
    this.decide = decide;
    this.own = own;
  }

  void begin(Asked asked) throws IOException {
    aside.begin(asked, () -> decide(asked));
  }

  private void decide(Asked asked) throws IOException, FailureException, ProcessException {
    Answer answer;
    try {
      answer = answer(asked);
    } catch (CannotBeDoneException e) {
      answer = new Answer.Failed(e.kind(), String.valueOf(e.getMessage()));
    } catch (FailureException | IOException e) {
      processes.again(asked.id(), Tries.pause(asked.tries()));
      throw e;
    }
    processes.resume(asked.id(), answer);
  }

  private Answer answer(Asked asked) throws CannotBeDoneException, FailureException, IOException {
    String subject = own.created(new RunId(asked.instance())).subject();
    Caller owner = new Caller(asked.tenant(), subject, false);
    String name = asked.payload().get("decision") instanceof StringValue(String text) ? text : "";
    KeptWorkflow kept =
        catalogue
            .find(owner, name)
            .orElseThrow(() ->
                cannot(
                    "%s keeps no decision \"%s\": keep it with POST /api/v1/workflows?name=%s"
                        .formatted(subject, name, name)));
    try {
      checkOutputs(asked, name, decide.document(kept).main().outputs());
      MadeDecision made =
          decide.decide(subject, kept, ((RecordValue) asked.payload().get("inputs")).fields());
      return new Answer.Done(made.decided().outputs(), made.sentence());
    } catch (CannotDecideException | InvalidDefinitionException e) {
      throw cannot(String.valueOf(e.getMessage()));
    }
  }

  /** A name that the table does not have would be null for ever. */
  private static void checkOutputs(Asked asked, String decision, List<String> outputs)
      throws CannotBeDoneException {
    if (!(asked.payload().get("outputs") instanceof ListValue wanted)) {
      return;
    }
    for (Value each : wanted.items()) {
      if (each instanceof StringValue(String output) && !outputs.contains(output)) {
        throw cannot(
            "\"%s\" is no output of %s, which tells %s.%s"
                .formatted(
                    output,
                    decision,
                    String.join(", ", outputs),
                    NearestName.hint(output, outputs)));
      }
    }
  }

  private static CannotBeDoneException cannot(String why) {
    return new CannotBeDoneException(FailureKind.USER, "tw:decide: " + why);
  }

  @Override
  public void destroy() {
    aside.close();
  }
}
