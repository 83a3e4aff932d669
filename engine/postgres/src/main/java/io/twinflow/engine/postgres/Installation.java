package io.twinflow.engine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;

/** Which installation a database belongs to: journals and files must stay together. */
public final class Installation {

  private Installation() {}

  /**
   * The first server makes the database its own.
   *
   * @param name of the installation whose files are in the folder
   * @param store where artifacts are kept, if that is not the folder: servers that share it need
   *     not share the folder
   * @throws IOException if the database belongs to another one, or keeps its artifacts elsewhere
   */
  public static void join(DataSource database, String name, Path folder, Optional<String> store)
      throws IOException {
    Sql sql = new Sql(database);
    sql.change(
        "INSERT INTO installation (name, store) VALUES (?, ?) ON CONFLICT DO NOTHING",
        name,
        store.orElse(""));
    String kept = sql.list("SELECT store FROM installation", row -> row.getString(1)).getFirst();
    if (!kept.equals(store.orElse(""))) {
      throw new IOException(
          "the runs of this database keep their files %s, and this server was started for files %s: start it with %s, or give it another database with --db"
              .formatted(
                  place(kept),
                  place(store.orElse("")),
                  kept.isEmpty() ? "no --store" : "--store " + kept));
    }
    if (store.isPresent()) {
      return;
    }
    String owner = sql.list("SELECT name FROM installation", row -> row.getString(1)).getFirst();
    if (!owner.equals(name)) {
      throw new IOException(
          "the database belongs to installation %s and %s holds the files of installation %s: servers that share a database share the data folder too; give this one the folder of the others with --data, keep artifacts in a store that all reach with --store, or take another database with --db"
              .formatted(owner, folder, name));
    }
  }

  private static String place(String store) {
    return store.isEmpty() ? "in the data folder" : "in " + store;
  }
}
