package io.twinflow.triggers.firing;

import io.cloudevents.CloudEvent;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.firing.InboxEvents.Kept;
import io.twinflow.triggers.firing.NewFirings.Part;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.ExpressionException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Asks the triggers about new events, each once: the firings that come of it, and that it was
 * asked, are one transaction. Of several servers one does so at a time, so that events meet the
 * triggers in the order of the inbox.
 */
final class Dispatch {

  private static final Logger LOG = System.getLogger(Dispatch.class.getName());
  private static final int AT_ONCE = 200;

  private final Sql sql;
  private final Evaluator evaluator;
  private TriggerIndex index = TriggerIndex.EMPTY;
  private long known = -1;

  Dispatch(DataSource database, Evaluator evaluator) {
    this.sql = new Sql(database);
    this.evaluator = evaluator;
  }

  /** For one thread. @return how many events there were; there may be more */
  int next() throws IOException {
    return sql.inTransaction(connection -> {
      Sql.run(connection, "SELECT pg_advisory_xact_lock(hashtext('twinflow dispatch'))");
      NewFirings firings = new NewFirings(connection);
      List<Kept> events = InboxEvents.fresh(connection, AT_ONCE, firings::refuse);
      // After the events: those that came since are for triggers that are read the next time.
      refresh(connection);
      Audience audience = Audience.of(connection, events);
      for (Kept event : events) {
        meet(event, audience, firings);
      }
      return firings.write();
    });
  }

  private void refresh(Connection connection) throws SQLException, IOException {
    long now =
        Sql.list(connection, "SELECT number FROM trigger_change", row -> row.getLong(1)).getFirst();
    if (now != known) {
      index = new TriggerIndex(Triggers.enabled(connection));
      known = now;
    }
  }

  private void meet(Kept event, Audience audience, NewFirings firings) {
    List<Trigger> matching = new ArrayList<>();
    try {
      for (Trigger trigger : index.candidates(event.sender(), event.event())) {
        if (audience.hears(trigger, event) && trigger.rule().refusal(event.event()).isEmpty()) {
          matching.add(trigger);
        }
      }
    } catch (RuntimeException e) {
      // Whatever it is in this event, the next ones are not to wait for it.
      LOG.log(Level.ERROR, "the triggers could not be asked about event " + event.number(), e);
      firings.refuse(event.number(), "the triggers could not be asked about it: " + e);
      return;
    }
    firings.asked(event.number(), !matching.isEmpty());
    matching.forEach(trigger -> fire(trigger, event, firings));
  }

  private void fire(Trigger trigger, Kept event, NewFirings firings) {
    CloudEvent met = event.event();
    int chain = Chain.of(met);
    if (chain >= Chain.MOST) {
      firings.dead(trigger, new Part(event.number(), null, chain), Chain.TOO_LONG);
      return;
    }
    try {
      String key = trigger.rule().key(met, evaluator);
      String item = trigger.rule().item(met, evaluator).orElse(null);
      firings.add(trigger, key, new Part(event.number(), item, chain));
    } catch (ExpressionException e) {
      firings.dead(
          trigger,
          new Part(event.number(), null, chain),
          "%s: %s".formatted(e.position(), e.getMessage()));
    }
  }
}
