package io.twinflow.engine.postgres;

import java.io.IOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to the schema of this version. */
public final class Schema {

  private Schema() {}

  /**
   * @throws IOException if the database cannot be reached, was changed by hand, or belongs to a
   *     newer Twinflow
   */
  public static void migrate(DataSource database) throws IOException {
    try {
      Flyway flyway = Flyway.configure().dataSource(database).load();
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new IOException("the database's schema: " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(Flyway flyway) throws IOException {
    for (var migration : flyway.info().all()) {
      if (migration.getState().isResolved() || !migration.getState().isApplied()) {
        continue;
      }
      throw new IOException(
          "the database has version %s of the schema, which this Twinflow does not know: start the newer Twinflow that made it, or restore a backup of before"
              .formatted(migration.getVersion()));
    }
  }
}
