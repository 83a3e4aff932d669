package io.twinflow.engine.server;

import io.twinflow.engine.postgres.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Everything that tells why a run does not end, written into a folder while its servers live: what
 * they answer and do, the end of their log, and what the database has of the run.
 */
final class StuckRun {

  private static final int END_OF_LOG = 2_000;

  private static final List<String> QUERIES =
      List.of(
          "SELECT clock_timestamp() AS now, r.* FROM run r WHERE id = '%s'",
          "SELECT clock_timestamp() AS now, i.* FROM instance i WHERE '%1$s' = '%1$s' ORDER BY id",
          "SELECT * FROM request WHERE run = '%s' ORDER BY id",
          "SELECT sha256, octet_length(content) AS length FROM blob WHERE run = '%s'",
          "SELECT first, last, position, append_id, convert_from(lines, 'UTF8') AS lines"
              + " FROM journal WHERE run = '%s' ORDER BY last DESC LIMIT 20",
          "SELECT pid, application_name, state, wait_event, xact_start, query FROM pg_stat_activity"
              + " WHERE '%1$s' = '%1$s' AND backend_type = 'client backend'");

  private final Installation installation;
  private final String run;

  StuckRun(Installation installation, String run) {
    this.installation = installation;
    this.run = run;
  }

  /**
   * @return where all of it is
   */
  Path writeInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (ChildServer server : installation.servers()) {
      String name = "server-" + server.pid();
      Files.writeString(folder.resolve(name + "-run.json"), answer(server, ""));
      Files.writeString(folder.resolve(name + "-tasks.json"), answer(server, "/tasks"));
      dumpThreads(server.pid(), folder.resolve(name + "-threads.json").toAbsolutePath());
    }
    List<String> log = Files.readAllLines(installation.log(), StandardCharsets.UTF_8);
    Files.write(
        folder.resolve("log"), log.subList(Math.max(0, log.size() - END_OF_LOG), log.size()));
    Files.write(folder.resolve("database"), rows());
    return folder.toAbsolutePath();
  }

  private String answer(ChildServer server, String part) {
    try {
      return server.get("/api/v1/runs/" + run + part).body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  /** Those of virtual threads too. */
  private static void dumpThreads(long pid, Path file) throws IOException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.dump_to_file",
                "-overwrite",
                "-format=json",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!tool.waitFor(1, TimeUnit.MINUTES)) {
        tool.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> rows() {
    List<String> text = new ArrayList<>();
    for (String query : QUERIES) {
      text.add("-- " + query.formatted(run));
      try {
        DataSource database = installation.database();
        text.addAll(new Sql(database).list(query.formatted(run), StuckRun::row));
      } catch (IOException e) {
        text.add(e.toString());
      }
    }
    return text;
  }

  private static String row(ResultSet row) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      text.append(row.getMetaData().getColumnLabel(i))
          .append(": ")
          .append(row.getString(i))
          .append("  ");
    }
    return text.toString();
  }
}
