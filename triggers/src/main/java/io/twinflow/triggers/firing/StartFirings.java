package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.DatabaseAway;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.firing.RunMaker.Order;
import io.twinflow.triggers.firing.RunMaker.Told;
import io.twinflow.triggers.rule.Check;
import io.twinflow.triggers.rule.Message;
import io.twinflow.triggers.rule.Signal;
import io.twinflow.triggers.rule.Telling;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Makes the runs of claimed firings, or decides whether to, and writes down what came of each. */
final class StartFirings {

  private static final Logger LOG = System.getLogger(StartFirings.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final String DEAD = "dead";

  /** Of what ought not to happen; what may pass is tried for ever. */
  private static final int TRIES = 5;

  private final Sql sql;
  private final RunMaker runs;
  private final FiringInputs inputs;
  private final DecideFirings decide;

  StartFirings(DataSource database, RunMaker runs, Decider decider, Evaluator evaluator) {
    this.sql = new Sql(database);
    this.runs = runs;
    this.inputs = new FiringInputs(sql, evaluator);
    this.decide = new DecideFirings(sql, inputs, decider);
  }

  /** What the database does not take down is claimed again: the run is made, or found, anew. */
  void start(Claimed firing) {
    try {
      make(firing);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "what came of firing {0} is not known: {1}", firing.id(), e.getMessage());
    }
  }

  private void make(Claimed firing) throws IOException {
    try {
      if (firing.isToDecide()) {
        decide.decide(firing);
        return;
      }
      switch (firing.trigger().rule().telling()) {
        case Message message -> tell(firing, message);
        case Signal signal -> tell(firing, signal);
        case null -> {
          runs.make(order(firing));
          settle(firing, firing.check() == null ? "started" : "checking", "");
        }
      }
    } catch (CannotStartException e) {
      settle(firing, DEAD, String.valueOf(e.getMessage()));
    } catch (ExpressionException e) {
      settle(firing, DEAD, "%s: %s".formatted(e.position(), e.getMessage()));
    } catch (IOException e) {
      again(firing, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      failed(firing, e);
    }
  }

  /** What passes is waited for, however long it takes. */
  private void failed(Claimed firing, RuntimeException e) throws IOException {
    if (DatabaseAway.isBehind(e)) {
      again(firing, "the database was away");
    } else {
      LOG.log(Level.ERROR, "firing " + firing.id() + " of " + firing.trigger().name(), e);
      if (firing.tries() + 1 < TRIES) {
        again(firing, "an error in the engine: " + e);
      } else {
        settle(firing, DEAD, "an error in the engine, %d times: %s".formatted(TRIES, e));
      }
    }
  }

  private void tell(Claimed firing, Message message)
      throws ExpressionException, CannotStartException, IOException {
    Optional<String> told = runs.tell(told(firing, message));
    if (told.isPresent()) {
      sql.change(
          """
          UPDATE firing SET state = 'done', run = ?, reason = NULL, until = NULL, changed = now()
          WHERE id = ? AND state = 'starting'
          """,
          told.get(),
          firing.id());
    } else {
      await(firing, message);
    }
  }

  /** Nobody waits for a signal: who listens gets it. */
  private void tell(Claimed firing, Signal signal)
      throws ExpressionException, CannotStartException, IOException {
    int reached = runs.signal(told(firing, signal));
    String reason =
        reached == 0
            ? "no process of yours listens for the signal \"%s\"".formatted(signal.name())
            : "the signal \"%s\" has reached %d %s"
                .formatted(signal.name(), reached, reached == 1 ? "process" : "processes");
    sql.change(
        """
        UPDATE firing SET state = ?, run = NULL, reason = ?, until = NULL, changed = now()
        WHERE id = ? AND state = 'starting'
        """,
        reached == 0 ? "skipped" : "done",
        reason,
        firing.id());
  }

  private Told told(Claimed firing, Telling telling)
      throws ExpressionException, CannotStartException, IOException {
    Trigger trigger = firing.trigger();
    return new Told(
        "firing " + firing.id(),
        trigger.tenant(),
        trigger.subject(),
        telling.name(),
        inputs.of(firing, telling.mapping()));
  }

  /** It is looked again who waits for it, and at last nobody does. */
  private void await(Claimed firing, Message message) throws IOException {
    sql.change(
        """
        UPDATE firing f SET state = CASE WHEN w.late THEN 'dead' ELSE 'waiting' END,
          until = CASE WHEN w.late THEN NULL ELSE w.until END, run = NULL, reason = ?,
          due = now() + make_interval(secs => ?), changed = now()
        FROM (SELECT id, coalesce(until <= now(), false) AS late,
            coalesce(until, now() + make_interval(secs => ?)) AS until FROM firing) AS w
        WHERE f.id = w.id AND f.id = ? AND f.state = 'starting'
        """,
        "no process of yours waits for the message \"%s\" that is to get it"
            .formatted(message.name()),
        Math.min(LOOK_AGAIN.toMillis(), message.within().toMillis()) / 1e3,
        message.within().toMillis() / 1e3,
        firing.id());
  }

  private Order order(Claimed firing)
      throws ExpressionException, CannotStartException, IOException {
    Trigger trigger = firing.trigger();
    Map<String, String> labels = new HashMap<>(trigger.rule().labels());
    labels.put("trigger", trigger.name());
    Check check = trigger.rule().check();
    if (firing.check() == null || check == null) {
      String made = inputs.of(firing, trigger.rule().mapping());
      return order(firing.run(), trigger, trigger.workflow(), made, labels);
    }
    labels.put("checks", firing.run());
    String made = inputs.of(firing, check.mapping());
    String workflow = Objects.requireNonNull(trigger.checkWorkflow());
    return order(firing.check(), trigger, workflow, made, labels);
  }

  private static Order order(
      String run, Trigger trigger, String workflow, String inputs, Map<String, String> labels) {
    return new Order(
        run,
        trigger.tenant(),
        trigger.subject(),
        workflow,
        inputs,
        trigger.rule().options(),
        labels);
  }

  private void settle(Claimed firing, String state, String reason) throws IOException {
    sql.inTransaction(connection -> {
      Sql.run(
          connection,
          """
          UPDATE firing SET state = ?, reason = nullif(?, ''), changed = now()
          WHERE id = ? AND state IN ('starting', 'deciding')
          """,
          state,
          reason,
          firing.id());
      if (state.equals(DEAD)) {
        Parked.wake(connection, firing.trigger().tenant(), firing.trigger().name(), 1);
      }
      return true;
    });
  }

  private void again(Claimed firing, String reason) throws IOException {
    long pause = Math.min(LONGEST_PAUSE.toSeconds(), 1L << Math.min(firing.tries(), 16));
    sql.change(
        """
        UPDATE firing SET state = 'waiting', reason = ?, tries = tries + 1, changed = now(),
          due = now() + make_interval(secs => ?)
        WHERE id = ? AND state IN ('starting', 'deciding')
        """,
        "tried again: " + reason,
        (double) pause,
        firing.id());
  }
}
