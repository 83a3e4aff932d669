package io.twinflow.engine.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** The private database of a server that runs in another process. */
public final class RunningPostgres {

  private static final int PORT_LINE = 3;

  private RunningPostgres() {}

  /**
   * @param folder as {@link PrivatePostgres} keeps it; only its owner can read what is needed
   * @return empty if no database runs there
   */
  public static Optional<PGSimpleDataSource> find(Path folder) throws IOException {
    Path pidFile = folder.resolve("db").resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    PGSimpleDataSource source =
        PrivatePostgres.dataSource(
            Integer.parseInt(lines.get(PORT_LINE).strip()),
            Files.readString(folder.resolve("password")).strip());
    return Optional.of(source);
  }
}
