package io.twinflow.engine.server.backup;

import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.engine.postgres.embedded.RunningPostgres;
import io.twinflow.engine.server.boot.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of a data folder, whether a server runs on it now or not. */
record OpenData(DataSource database, AutoCloseable held) implements AutoCloseable {

  /**
   * @param db the JDBC URL of a shared database; null for the folder's own
   */
  static OpenData open(Path folder, @Nullable String db) throws IOException, InterruptedException {
    if (!Files.isRegularFile(folder.resolve("home"))) {
      throw new IOException(
          "%s is no data folder of a server: name one with --data".formatted(folder));
    }
    if (db != null) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(db);
      return new OpenData(source, () -> {});
    }
    if (!Files.isDirectory(folder.resolve("postgres"))) {
      throw new IOException(
          "%s has no database of its own: name the shared one with --db".formatted(folder));
    }
    DataFolder held;
    try {
      held = DataFolder.hold(folder, false);
    } catch (IOException e) {
      return new OpenData(
          RunningPostgres.find(folder.resolve("postgres")).orElseThrow(() -> e), () -> {});
    }
    try {
      PrivatePostgres postgres = PrivatePostgres.start(folder.resolve("postgres"));
      return new OpenData(
          postgres.dataSource(),
          () -> {
            postgres.close();
            held.close();
          });
    } catch (IOException | InterruptedException e) {
      held.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      held.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the database cannot be stopped: " + e.getMessage(), e);
    }
  }
}
