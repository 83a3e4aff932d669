package io.twinflow.engine.postgres;

import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

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
      throw unusable(e);
    }
  }

  /**
   * Brings an empty database to an older schema, to be filled with what was kept under it.
   *
   * @throws IOException if this version does not know the schema
   */
  public static void migrateTo(DataSource database, String version) throws IOException {
    if (MigrationVersion.fromVersion(version).isNewerThan(latest(database))) {
      throw new IOException(
          "it has version %s of the schema and this Twinflow knows %s: use the newer Twinflow that made it"
              .formatted(version, latest(database)));
    }
    try {
      Flyway.configure().dataSource(database).target(version).load().migrate();
    } catch (FlywayException e) {
      throw unusable(e);
    }
  }

  /** The version of the schema that a database is at. */
  public static String current(DataSource database) throws IOException {
    try {
      MigrationInfo current = Flyway.configure().dataSource(database).load().info().current();
      return current == null ? "0" : String.valueOf(current.getVersion());
    } catch (FlywayException e) {
      throw unusable(e);
    }
  }

  /** Flyway's messages are a page; what the database said is a sentence. */
  private static IOException unusable(FlywayException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said) {
        return new IOException("the database cannot be used: " + said.getMessage(), e);
      }
    }
    return new IOException("the database's schema: " + e.getMessage(), e);
  }

  private static String latest(DataSource database) {
    MigrationInfo[] known = Flyway.configure().dataSource(database).load().info().all();
    return String.valueOf(known[known.length - 1].getVersion());
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
