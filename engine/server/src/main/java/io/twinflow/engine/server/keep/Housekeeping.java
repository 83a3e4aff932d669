package io.twinflow.engine.server.keep;

import io.twinflow.engine.server.chores.Chore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sweeps from time to time, and soon when something was deleted. */
@Component
final class Housekeeping extends Chore {

  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final int LOOKS_TO_A_SWEEP = 60;

  private final Sweep sweep;
  private final JdbcClient database;
  private int looks;

  Housekeeping(Sweep sweep, DataSource database) {
    super("housekeeping", LOOK);
    this.sweep = sweep;
    this.database = JdbcClient.create(database);
  }

  @Override
  protected void once() {
    boolean whole = looks++ % LOOKS_TO_A_SWEEP == 0;
    try {
      if (whole || isAnyDeleted()) {
        sweep.sweep();
      }
    } catch (IOException | DataAccessException e) {
      LOG.log(Level.WARNING, "what is not needed cannot be removed: {0}", e.getMessage());
    }
  }

  private boolean isAnyDeleted() {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM run
              WHERE deleting < clock_timestamp() - make_interval(secs => ?))
            """)
        .param(Sweep.GRACE.toSeconds())
        .query((row, number) -> row.getBoolean(1))
        .single();
  }
}
