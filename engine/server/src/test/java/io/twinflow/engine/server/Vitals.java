package io.twinflow.engine.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What a server has taken hold of, right after a collection of its heap.
 *
 * @param heapKib used by what is alive
 * @param deadRows in all tables of the database
 * @param hotBytes of the tables whose few rows change all the time
 * @param parts files that are half-made, in the data folder and among temporary files
 */
record Vitals(
    double minutes,
    long runs,
    long heapKib,
    int threads,
    int handles,
    long deadRows,
    long hotBytes,
    long databaseBytes,
    long parts) {

  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  static Vitals of(
      double minutes, long runs, long pid, DataSource database, Path data, Path temporary)
      throws Exception {
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    Path proc = Path.of("/proc/" + pid);
    return new Vitals(
        minutes,
        runs,
        used.find() ? Long.parseLong(used.group(1)) : 0,
        (int) count(proc.resolve("task")),
        (int) count(proc.resolve("fd")),
        number(database, "SELECT sum(n_dead_tup) FROM pg_stat_user_tables"),
        number(
            database,
            """
            SELECT pg_total_relation_size('journal_clock') + pg_total_relation_size('instance')
                + pg_total_relation_size('view_position') + pg_total_relation_size('request')
            """),
        number(database, "SELECT pg_database_size(current_database())"),
        halfMade(data) + halfMade(temporary));
  }

  private static String jcmd(long pid, String command) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static long number(DataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long halfMade(Path folder) throws IOException {
    long parts = 0;
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (name.endsWith(".part") || name.endsWith(".tmp")) {
          parts++;
        } else if (name.equals("inputs") || name.equals("secrets") || name.startsWith("tomcat")) {
          parts += halfMade(entry);
        }
      }
    }
    return parts;
  }
}
