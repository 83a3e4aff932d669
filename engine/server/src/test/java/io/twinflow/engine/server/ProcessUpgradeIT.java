package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.arrow;
import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.Bpmn.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server with a newer Flowable on a database that an older one has made: its tables are those of
 * 7.1.0, by the scripts in the jars of that release, with all that their columns can hold of a
 * process.
 */
final class ProcessUpgradeIT {

  private static final String RUNS = "/api/v1/runs";

  /** Waits for a person, a message, and a time. */
  private static final String DOCUMENT =
      document(
          "waits",
          field("word", "text"),
          chain(
                  userTask("look", "tw:candidateUsers=\"ann\"", field("sure", "boolean"))
                      + "<boundaryEvent id=\"told\" cancelActivity=\"false\" attachedToRef=\"look\"><messageEventDefinition messageRef=\"go\"/></boundaryEvent>"
                      + "<boundaryEvent id=\"late\" attachedToRef=\"look\"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
                      + Bpmn.run("say", "up-echo", "${word}", "said"),
                  "look",
                  "say")
              + "<endEvent id=\"heard\"/><endEvent id=\"over\"/>"
              + arrow("told", "heard")
              + arrow("late", "over"));

  private static final List<String> SCRIPTS =
      List.of(
          "common/db/create/flowable.postgres.create.common",
          "db/create/flowable.postgres.create.engine",
          "db/create/flowable.postgres.create.history");

  @TempDir private Path folder;
  private Sql sql;

  private TestServer start(PrivatePostgres database) throws IOException {
    return TestServer.start(
        ServerSettings.in(folder.resolve("data"))
            .withDb(Installation.url(database))
            .withTrust(Trust.IN_TOOLS));
  }

  /** Whatever Flowable has made: columns, indexes and constraints. */
  private List<String> structure() throws IOException {
    return sql.list(
        """
        SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' '
            || coalesce(character_maximum_length::text, '') || ' ' || is_nullable
          FROM information_schema.columns WHERE table_schema = 'bpmn' AND table_name ~ '^(act|flw)_'
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes
          WHERE schemaname = 'bpmn' AND tablename ~ '^(act|flw)_'
        UNION ALL
        SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint
          WHERE connamespace = 'bpmn'::regnamespace AND conrelid::regclass::text ~ '^bpmn[.](act|flw)_'
        ORDER BY 1
        """,
        row -> row.getString(1));
  }

  private List<String> versions() throws IOException {
    return sql.list(
        "SELECT name_ || ' ' || value_ FROM bpmn.act_ge_property WHERE name_ LIKE '%schema.version' ORDER BY 1",
        row -> row.getString(1));
  }

  private static String script(String part) throws IOException {
    String name = "/older-flowable/org/flowable/" + part + ".sql";
    try (InputStream in =
        Objects.requireNonNull(ProcessUpgradeIT.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Puts tables of 7.1.0 in the place of the present ones, with the same rows. */
  private static void age(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER SCHEMA bpmn RENAME TO present; CREATE SCHEMA bpmn");
      statement.execute("SET LOCAL search_path TO bpmn");
      for (String part : SCRIPTS) {
        statement.execute(script(part));
      }
      // Rows may stand before those that they refer to.
      statement.execute("SET LOCAL session_replication_role TO replica");
      for (String copy : copies(connection)) {
        statement.execute(copy);
      }
      for (String table : own(connection)) {
        statement.execute("ALTER TABLE present." + table + " SET SCHEMA bpmn");
      }
      statement.execute("DROP SCHEMA present CASCADE");
    }
  }

  private static List<String> copies(Connection connection) throws SQLException, IOException {
    return Sql.list(
        connection,
        """
        SELECT format('INSERT INTO bpmn.%1$I (%2$s) SELECT %2$s FROM present.%1$I', o.table_name,
            string_agg(o.column_name, ', '))
        FROM information_schema.columns o
        JOIN information_schema.columns n USING (table_name, column_name)
        WHERE o.table_schema = 'bpmn' AND n.table_schema = 'present'
          AND n.table_name ~ '^(act|flw)_' AND n.table_name <> 'act_ge_property'
        GROUP BY o.table_name
        """,
        row -> row.getString(1));
  }

  /** Of Twinflow, beside those of Flowable. */
  private static List<String> own(Connection connection) throws SQLException, IOException {
    return Sql.list(
        connection,
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'present' AND tablename !~ '^(act|flw)_'",
        row -> row.getString(1));
  }

  private static String started(TestServer server) throws Exception {
    HttpResponse<String> answer =
        server.postJson(RUNS, "{\"workflow\": \"waits\", \"inputs\": {\"word\": \"kept\"}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static JsonNode awaitTask(TestServer server, String run) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> server.json("/api/v1/tasks?run=" + run).get("tasks"), found -> !found.isEmpty())
        .get(0);
  }

  private static void goOn(TestServer server, String run) throws Exception {
    String complete = awaitTask(server, run).at("/links/self").asString() + "/complete";
    String go = "{\"name\": \"go\", \"values\": {\"heard\": true}}";
    assertThat(server.postJson(RUNS + "/" + run + "/messages", go).statusCode()).isEqualTo(204);
    assertThat(server.postJson(complete, "{\"values\": {\"sure\": true}}").statusCode())
        .isEqualTo(204);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(RUNS + "/" + run).get("state").asString().equals("succeeded"));
    assertThat(server.json(RUNS + "/" + run + "/outputs").toString())
        .contains("\"word\":\"kept\"", "\"said\":\"kept\"", "\"sure\":true", "\"heard\":true");
  }

  @Test
  void whatWaitedOnTablesOfAnOlderFlowableGoesOn() throws Exception {
    try (PrivatePostgres database = PreparedPostgres.start(folder.resolve("postgres"))) {
      sql = new Sql(database.dataSource());
      String run;
      try (TestServer server = start(database)) {
        Bpmn.keep(server, "application/cwl", "up-echo", Bpmn.ECHO);
        assertThat(Bpmn.keep(server, "application/xml", "waits", DOCUMENT).statusCode())
            .isEqualTo(201);
        run = started(server);
        awaitTask(server, run);
      }
      List<String> present = structure();
      List<String> versions = versions();
      sql.inTransaction(connection -> {
        age(connection);
        return connection;
      });
      assertThat(versions()).allMatch(version -> version.contains(" 7.1."));
      assertThat(structure()).hasSizeLessThan(present.size());

      try (TestServer server = start(database)) {
        goOn(server, run);
        goOn(server, started(server));
        assertThat(versions()).isEqualTo(versions);
        assertThat(structure()).isEqualTo(present);
      }
    }
  }
}
