package io.twinflow.engine.server.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.Pool;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.Schema;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Populations made by chance, and sweeps that are killed: nothing that a run names is lost. */
final class SweepIT {

  private static final int RUNS = 250;
  private static final int FILES = 10;
  private static final int KILLS = 4;
  private static final long SEED = 20261120;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<String, Set<String>> named = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();

  @Test
  void aKilledSweepLosesNothingThatARunNamesAndTheNextOneFinishesIt() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (PrivatePostgres postgres = PreparedPostgres.start(folder.resolve("postgres"))) {
      DataSource database = Pool.of(postgres.dataSource(), "test", 2, Duration.ofSeconds(10));
      Schema.migrate(database);
      JdbcClient sql = JdbcClient.create(database);
      populate(sql, data.resolve("runs"));
      for (int kill = 0; kill < KILLS; kill++) {
        Process sweep = sweep(data, url(postgres));
        sweep.waitFor(700 + random.nextInt(1500), TimeUnit.MILLISECONDS);
        sweep.destroyForcibly().waitFor();
        assertNothingIsLost(sql, data.resolve("runs"));
      }
      SweepUntilKilled.sweep(data, database);
      SweepUntilKilled.sweep(data, database);
      assertNothingIsLost(sql, data.resolve("runs"));
      Set<String> left = new TreeSet<>(sql.sql("SELECT id FROM run").query(String.class).list());
      Set<String> expected = new TreeSet<>(named.keySet());
      deleted.stream().filter(run -> !isNeededByOpen(run)).forEach(expected::remove);
      assertThat(left).isEqualTo(expected);
      Set<String> folders = new TreeSet<>(expected);
      expected.forEach(run -> folders.addAll(named.getOrDefault(run, Set.of())));
      try (var all = Files.list(data.resolve("runs"))) {
        assertThat(all.map(path -> path.getFileName().toString()).toList())
            .containsExactlyInAnyOrderElementsOf(folders);
      }
      assertThat(
              sql.sql("SELECT count(*) FROM journal WHERE run NOT IN (SELECT id FROM run)")
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }

  private static String url(PrivatePostgres postgres) {
    var source = postgres.dataSource();
    return source.getURL() + "&user=" + source.getUser() + "&password=" + source.getPassword();
  }

  private boolean isNeededByOpen(String run) {
    return open.stream().anyMatch(each -> named.getOrDefault(each, Set.of()).contains(run));
  }

  /** Runs that name the files of earlier ones; some are open, some are deleted. */
  private void populate(JdbcClient sql, Path runs) throws IOException {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      String run = "20261120-%06d-%06d".formatted(i, random.nextInt(1_000_000));
      Set<String> names = new HashSet<>();
      for (int n = random.nextInt(3); n > 0 && !made.isEmpty(); n--) {
        names.add(made.get(random.nextInt(made.size())));
      }
      named.put(run, names);
      boolean isOpen = random.nextInt(8) == 0;
      boolean isDeleted = !isOpen && random.nextInt(2) == 0;
      if (isOpen) {
        open.add(run);
      }
      if (isDeleted) {
        deleted.add(run);
      }
      made.add(run);
      insert(sql, run, names, isOpen, isDeleted);
      for (int file = 0; file < FILES; file++) {
        Path place = runs.resolve(run).resolve("work").resolve(file + ".1");
        Files.createDirectories(place);
        Files.writeString(place.resolve("out"), run);
      }
    }
  }

  private void insert(
      JdbcClient sql, String run, Set<String> names, boolean isOpen, boolean isDeleted) {
    sql.sql(
            """
            INSERT INTO run (id, tenant, subject, state, created, ended, deleting) VALUES
              (:run, 'default', 'admin', 'SUCCEEDED', now(), CASE WHEN :open THEN NULL ELSE now() END,
               CASE WHEN :deleted THEN now() - interval '1 hour' END)
            """)
        .param("run", run)
        .param("open", isOpen)
        .param("deleted", isDeleted)
        .update();
    StringBuilder lines = new StringBuilder("\"0\"\n");
    String inBlob = "";
    for (String name : names) {
      String path = "{\"location\":\"file:///data/runs/" + name + "/work/0.1/out\"}\n";
      if (random.nextBoolean()) {
        lines.append(path);
      } else {
        inBlob += path;
      }
    }
    sql.sql(
            """
            INSERT INTO journal (tenant, run, last, first, position, append_id, lines)
            SELECT 'default', :run, 1, 1, count(*) + 1, '0', convert_to(:lines, 'UTF8') FROM journal
            """)
        .param("run", run)
        .param("lines", lines.toString())
        .update();
    sql.sql("INSERT INTO blob VALUES ('default', :run, :name, convert_to(:text, 'UTF8'))")
        .param("run", run)
        .param("name", "blob of " + run)
        .param("text", inBlob + " ")
        .update();
  }

  private static Process sweep(Path data, String url) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SweepUntilKilled.class.getName(),
            data.toString(),
            url)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Runs that were not deleted have their rows and files, and all the files that they name. */
  private void assertNothingIsLost(JdbcClient sql, Path runs) {
    Set<String> rows = new HashSet<>(sql.sql("SELECT id FROM run").query(String.class).list());
    Set<String> journals =
        new HashSet<>(sql.sql("SELECT run FROM journal").query(String.class).list());
    for (String run : named.keySet()) {
      boolean isKept = !deleted.contains(run) || isNeededByOpen(run);
      if (isKept) {
        assertThat(rows).contains(run);
        assertThat(journals).contains(run);
        assertWhole(runs, run);
      }
      if (!deleted.contains(run)) {
        named.get(run).forEach(name -> assertWhole(runs, name));
      }
    }
  }

  private static void assertWhole(Path runs, String run) {
    for (int file = 0; file < FILES; file++) {
      assertThat(runs.resolve(run).resolve("work").resolve(file + ".1").resolve("out")).exists();
    }
  }
}
