package io.twinflow.engine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;

/** Which installation a database belongs to: journals and files must stay together. */
public final class Installation {

  private Installation() {}

  /**
   * The first server makes the database its own.
   *
   * @param name of the installation whose files are in the folder
   * @throws IOException if the database belongs to another one
   */
  public static void join(DataSource database, String name, Path folder) throws IOException {
    Sql sql = new Sql(database);
    sql.change("INSERT INTO installation (name) VALUES (?) ON CONFLICT DO NOTHING", name);
    String owner = sql.list("SELECT name FROM installation", row -> row.getString(1)).getFirst();
    if (!owner.equals(name)) {
      throw new IOException(
          "the database belongs to installation %s and %s holds the files of installation %s: servers that share a database share the data folder too; give this one the folder of the others with --data, or another database with --db"
              .formatted(owner, folder, name));
    }
  }
}
