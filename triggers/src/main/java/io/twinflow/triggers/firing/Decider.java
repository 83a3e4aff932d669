package io.twinflow.triggers.firing;

import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;

/** Decides by tables: what triggers need of whoever keeps them. */
public interface Decider {

  /**
   * What is to be decided.
   *
   * @param decision what the catalogue had when the trigger was saved
   * @param inputs the input object in JSON
   */
  record Question(String tenant, String subject, String decision, String inputs) {}

  /**
   * What was decided.
   *
   * @param name of the decision
   * @param isNothing no rule matched
   * @param told what is kept of it: {@code outputs}, which expressions see, and what people ask for
   *     later, as the version that decided and the rules that matched
   */
  record Decided(String name, boolean isNothing, RecordValue told) {

    /** Why there is no run if it is nothing, in a sentence for the trigger's maker. */
    public String reason() {
      return "no rule of %s matched".formatted(name);
    }
  }

  /**
   * May be asked twice about the same, and tells the same. For any thread.
   *
   * @throws CannotStartException if the same would fail again, with the reason
   * @throws IOException if it can be tried again later
   */
  Decided decide(Question question) throws CannotStartException, IOException;
}
