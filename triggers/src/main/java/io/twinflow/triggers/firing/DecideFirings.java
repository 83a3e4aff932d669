package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.firing.Decider.Decided;
import io.twinflow.triggers.rule.Decide;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.value.ValueJson;
import java.io.IOException;
import java.util.Objects;

/**
 * Asks tables about claimed firings. What came of it is written down, and only then a firing takes
 * its place among the runs of its trigger: what comes to nothing takes none from another.
 */
record DecideFirings(Sql sql, FiringInputs inputs, Decider decider) {

  void decide(Claimed firing) throws ExpressionException, CannotStartException, IOException {
    Trigger trigger = firing.trigger();
    Decide decide = Objects.requireNonNull(trigger.rule().decide());
    Decided decided =
        decider.decide(
            new Decider.Question(
                trigger.tenant(),
                trigger.subject(),
                Objects.requireNonNull(trigger.decision()),
                inputs.of(firing, decide.mapping())));
    sql.change(
        """
        UPDATE firing SET state = ?, reason = nullif(?, ''), decided = ?, tries = 0, due = now(),
          changed = now()
        WHERE id = ? AND state = 'deciding'
        """,
        decided.isNothing() ? "skipped" : "waiting",
        decided.isNothing() ? decided.reason() : "",
        ValueJson.write(decided.told()),
        firing.id());
  }
}
