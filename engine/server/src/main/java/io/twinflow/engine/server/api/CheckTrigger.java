package io.twinflow.engine.server.api;

import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.NoSuchWorkflowException;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.security.Priorities;
import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.triggers.firing.Triggers.NewTrigger;
import io.twinflow.triggers.rule.CheckMapping;
import io.twinflow.triggers.rule.TriggerRule;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether a trigger can be used: all that can be told before an event comes. */
@Component
class CheckTrigger {

  /** What a document is called in messages. */
  static final String DOCUMENT = "trigger.yaml";

  private final Catalogue catalogue;
  private final MakeTriggeredRun runs;

  CheckTrigger(Catalogue catalogue, MakeTriggeredRun runs) {
    this.catalogue = catalogue;
    this.runs = runs;
  }

  /**
   * @throws BadRequestException that names the field, or its line and column
   * @throws InvalidDefinitionException if the inputs do not fit the workflow, with every problem
   */
  NewTrigger of(Caller caller, String document)
      throws BadRequestException, NoSuchWorkflowException, InvalidDefinitionException {
    TriggerRule rule = rule(document);
    KeptWorkflow workflow =
        catalogue
            .find(caller, rule.workflow())
            .orElseThrow(() -> new NoSuchWorkflowException(rule.workflow()));
    List<Problem> problems = CheckMapping.of(rule, catalogue.load(workflow).document().process());
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    Labels.checked(rule.labels());
    RunOptions options = runs.options(rule.options());
    Priorities.check(caller, options);
    return new NewTrigger(caller.tenant(), caller.subject(), document, workflow.id(), rule);
  }

  private static TriggerRule rule(String document) throws BadRequestException {
    try {
      return TriggerRule.read(document, DOCUMENT);
    } catch (InvalidSettingException e) {
      throw new BadRequestException("trigger", String.valueOf(e.getMessage()));
    }
  }
}
