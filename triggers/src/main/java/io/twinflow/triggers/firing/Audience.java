package io.twinflow.triggers.firing;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.triggers.firing.InboxEvents.Kept;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Who is to see what is about somebody: their own triggers, and those of administrators. Who is one
 * is asked anew each time, so that nobody hears more than they may now.
 */
record Audience(Set<String> administrators) {

  Audience {
    administrators = Set.copyOf(administrators);
  }

  static Audience of(Connection connection, List<Kept> events) throws SQLException, IOException {
    if (events.stream().allMatch(event -> event.audience() == null)) {
      return new Audience(Set.of());
    }
    return new Audience(
        Set.copyOf(
            Sql.list(
                connection,
                """
                SELECT DISTINCT subject FROM token
                WHERE administrator AND revoked IS NULL AND (expires IS NULL OR expires > now())
                """,
                row -> row.getString(1))));
  }

  boolean hears(Trigger trigger, Kept event) {
    String subject = trigger.subject();
    return event.audience() == null
        || event.audience().equals(subject)
        || administrators.contains(subject);
  }
}
