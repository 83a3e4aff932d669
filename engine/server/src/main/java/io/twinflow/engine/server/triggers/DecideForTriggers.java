package io.twinflow.engine.server.triggers;

import io.twinflow.engine.server.runs.CannotDecideException;
import io.twinflow.engine.server.runs.Catalogue;
import io.twinflow.engine.server.runs.DecideByTable;
import io.twinflow.engine.server.runs.KeptWorkflow;
import io.twinflow.engine.server.runs.MadeDecision;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.triggers.firing.CannotStartException;
import io.twinflow.triggers.firing.Decider;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.value.InvalidJsonException;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Asks the tables that were found when triggers were saved. */
@Component
final class DecideForTriggers implements Decider {

  private final Catalogue catalogue;
  private final DecideByTable decide;

  DecideForTriggers(Catalogue catalogue, DecideByTable decide) {
    this.catalogue = catalogue;
    this.decide = decide;
  }

  @Override
  public Decided decide(Question question) throws CannotStartException, IOException {
    // Whoever keeps it: its owner was allowed to see it when the trigger was saved.
    Caller owner = new Caller(question.tenant(), question.subject(), true);
    KeptWorkflow kept =
        catalogue
            .find(owner, question.decision())
            .orElseThrow(() ->
                new CannotStartException(
                    "its decision %s is no longer kept; save the trigger again with one that is"
                        .formatted(question.decision())));
    try {
      RecordValue inputs = (RecordValue) ValueJson.read(question.inputs());
      MadeDecision made = decide.decide(question.subject(), kept, inputs.fields());
      return new Decided(made.name(), made.decided().isNothing(), made.told());
    } catch (CannotDecideException | InvalidDefinitionException | InvalidJsonException e) {
      throw new CannotStartException("decide: " + e.getMessage(), e);
    }
  }
}
