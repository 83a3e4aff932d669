package io.twinflow.engine.server;

import static io.twinflow.engine.server.Bpmn.chain;
import static io.twinflow.engine.server.Bpmn.document;
import static io.twinflow.engine.server.Bpmn.field;
import static io.twinflow.engine.server.Bpmn.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.server.keep.Sweep;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes that are kept no longer leave nothing in Flowable's tables, nor beside them. */
final class ProcessRetentionIT {

  private static final String RUNS = "/api/v1/runs";

  /** Too long for a column of variables, so that it has a row of bytes too. */
  private static final String WORD = "x".repeat(5_000);

  /** Each kind of wait state, and a process that is called. */
  private static final String DOCUMENT =
      document(
              "asks",
              field("word", "text"),
              chain(
                  Bpmn.run("say", "kept-echo", "${word}", "said")
                      + "<callActivity id=\"call\" calledElement=\"inner\"><extensionElements><tw:input name=\"word\" value=\"${word}\"/></extensionElements></callActivity>"
                      + userTask("look", "tw:candidateUsers=\"ann\" tw:due=\"PT1S\"", ""),
                  "say",
                  "call",
                  "look"))
          .replace(
              "</definitions>",
              "<process id=\"inner\" isExecutable=\"true\">%s</process></definitions>"
                  .formatted(
                      chain(
                              "<receiveTask id=\"hear\" messageRef=\"go\"/>"
                                  + Bpmn.timer("soon", "PT0S"),
                              "hear",
                              "soon")
                          .replaceAll("(start|end)(?=[\"-])", "inner-$1")));

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.start(data);
    assertThat(Bpmn.keep(server, "application/cwl", "kept-echo", Bpmn.ECHO).statusCode())
        .isEqualTo(201);
    HttpResponse<String> kept = Bpmn.keep(server, "application/xml", "asks", DOCUMENT);
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Sql sql() {
    return new Sql(server.part(DataSource.class));
  }

  /** Of each table of processes, how many rows it has. */
  private Map<String, Long> rows() throws Exception {
    List<String> tables =
        sql()
            .list(
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'bpmn'",
                row -> row.getString(1));
    Map<String, Long> rows = new TreeMap<>();
    for (String table : tables) {
      rows.put(
          table,
          sql().list("SELECT count(*) FROM bpmn." + table, row -> row.getLong(1)).getFirst());
    }
    return rows;
  }

  private String started() throws Exception {
    String body = "{\"workflow\": \"asks\", \"inputs\": {\"word\": \"%s\"}}".formatted(WORD);
    HttpResponse<String> answer = server.postJson(RUNS, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  /** Until one more person is asked, which is overdue, and all of it is told. */
  private void awaitAsked(String run, int overdue) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() ->
            server.postJson(RUNS + "/" + run + "/messages", "{\"name\": \"go\"}").statusCode()
                == 204);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> {
          Map<String, Long> rows = rows();
          return rows.get("overdue") == overdue && rows.get("news") == 0;
        });
  }

  private void complete(String run) throws Exception {
    JsonNode task = server.json("/api/v1/tasks?run=" + run).at("/tasks/0");
    String complete = task.at("/links/self").asString() + "/complete";
    assertThat(server.postJson(complete, "{}").statusCode()).isEqualTo(204);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(RUNS + "/" + run).get("state").asString().equals("succeeded"));
  }

  private String child(String run) throws Exception {
    JsonNode children = server.json(RUNS + "?label=process=" + run).get("runs");
    assertThat(children).hasSize(1);
    return children.at("/0/id").asString();
  }

  private int status(String run) throws Exception {
    return server.get(RUNS + "/" + run).statusCode();
  }

  /** What a sweep has marked goes with the next one. */
  private void sweep() throws Exception {
    server.part(Sweep.class).sweep(Duration.ZERO);
    server.part(Sweep.class).sweep(Duration.ZERO);
  }

  @Test
  void whatHasEndedGoesWithAllThatIsKeptOfItAndWhatWaitsStays() throws Exception {
    String waits = started();
    awaitAsked(waits, 1);
    Map<String, Long> before = rows();
    String ends = started();
    awaitAsked(ends, 2);
    complete(ends);
    String child = child(ends);
    Map<String, Long> both = rows();
    for (String table :
        List.of(
            "act_hi_procinst",
            "act_hi_actinst",
            "act_hi_taskinst",
            "act_hi_varinst",
            "act_hi_identitylink",
            "act_ge_bytearray",
            "bpmn_outbox",
            "overdue",
            "submission")) {
      assertThat(both.get(table)).as(table).isGreaterThan(before.get(table));
    }

    HttpResponse<String> rules =
        server.send(
            server
                .to("/api/v1/retention")
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"rules\": [{\"workflow\": \"*\", \"maxAge\": \"PT0S\"}]}")));
    assertThat(rules.statusCode()).as(rules.body()).isEqualTo(200);
    sweep();

    assertThat(status(ends)).isEqualTo(404);
    assertThat(status(child)).isEqualTo(404);
    assertThat(rows()).isEqualTo(before);
    assertThat(server.json(RUNS + "/" + waits).get("state").asString()).isEqualTo("running");
    assertThat(status(child(waits))).as("the run that an open process has made").isEqualTo(200);

    complete(waits);
    sweep();
    assertThat(server.json(RUNS).get("runs")).isEmpty();
    assertThat(rows())
        .as("rows of instances")
        .allSatisfy((table, count) -> {
          if (table.startsWith("act_ru_") || table.startsWith("act_hi_")) {
            assertThat(count).as(table).isZero();
          }
        });
  }
}
