package io.twinflow.engine.server.runs;

import io.twinflow.engine.dmn.Decided;
import io.twinflow.engine.dmn.Decision;
import io.twinflow.engine.dmn.DecisionException;
import io.twinflow.engine.dmn.DecisionInput;
import io.twinflow.engine.dmn.DmnDocument;
import io.twinflow.workflowdefs.source.InvalidDefinitionException;
import io.twinflow.workflowdefs.source.NearestName;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Asks the tables that are kept, for whoever asks: people, processes and triggers. */
@Component
public final class DecideByTable implements DisposableBean {

  private final Catalogue catalogue;
  private final ReadDecisions known = new ReadDecisions();
  private final DecideInTurn inTurn = new DecideInTurn();

  DecideByTable(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * What is kept, as it was read.
   *
   * @throws CannotDecideException if it is none
   * @throws InvalidDefinitionException if it cannot be read any more
   */
  public DmnDocument document(KeptWorkflow kept)
      throws CannotDecideException, InvalidDefinitionException {
    if (kept.kind() != Kind.DMN) {
      throw new CannotDecideException(
          "decision",
          "expected a decision in DMN, found \"%s\", which is %s"
              .formatted(kept.name(), kept.kind() == Kind.CWL ? "a workflow" : "a process"));
    }
    return known.of(
        kept.version(), () -> ServedDecision.kept(kept.name(), catalogue.pinned(kept)).document());
  }

  /**
   * Decides; the same of the same inputs, however often.
   *
   * @param subject who asks: subjects take turns
   * @param inputs a value for each input, and for nothing else; null says that there is none
   * @throws CannotDecideException that names the input, or what cannot be evaluated
   * @throws InvalidDefinitionException if the document cannot be read any more
   * @throws IOException if this server stops before it has decided
   */
  public MadeDecision decide(String subject, KeptWorkflow kept, Map<String, Value> inputs)
      throws CannotDecideException, InvalidDefinitionException, IOException {
    DmnDocument document = document(kept);
    Decision main = document.main();
    check(kept.name(), main, inputs);
    try {
      Decided decided = inTurn.decide(subject, () -> main.decide(inputs));
      return new MadeDecision(kept.name(), document.digest(), decided);
    } catch (DecisionException e) {
      throw new CannotDecideException("inputs", String.valueOf(e.getMessage()));
    }
  }

  private static void check(String name, Decision decision, Map<String, Value> inputs)
      throws CannotDecideException {
    List<String> names = decision.inputs().stream().map(DecisionInput::name).toList();
    for (String given : inputs.keySet()) {
      if (!names.contains(given)) {
        throw new CannotDecideException(
            "inputs." + given,
            "\"%s\" is no input of %s, which needs %s.%s"
                .formatted(
                    given,
                    name,
                    names.isEmpty() ? "none" : String.join(", ", names),
                    NearestName.hint(given, names)));
      }
    }
    for (DecisionInput input : decision.inputs()) {
      if (!inputs.containsKey(input.name())) {
        throw new CannotDecideException(
            "inputs." + input.name(),
            "the input \"%s\" of %s has no value: expected one of the type %s, or null if there is none"
                .formatted(input.name(), name, input.type()));
      }
    }
  }

  @Override
  public void destroy() {
    inTurn.close();
  }
}
