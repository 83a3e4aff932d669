package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Two servers on one database and one folder; one dies or sleeps, the other goes on. */
final class TakeOverIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  /** Writes down when it begins and ends, so that copies and losses can be counted. */
  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}}
      inputs: {numbers: 'int[]', log: string}
      outputs: {all: {type: File, outputSource: join/all}}
      steps:
        work:
          scatter: number
          in: {number: numbers, log: log}
          out: [result]
          run:
            class: CommandLineTool
            baseCommand:
              - sh
              - -c
              - |
                exec 9> "$1.$0"
                flock -n 9 || echo "overlap $0" >> $1
                echo "start $0" >> $1; sleep 0.3; echo "result-$0"; echo "end $0" >> $1
            inputs:
              number: {type: int, inputBinding: {position: 1}}
              log: {type: string, inputBinding: {position: 2}}
            stdout: result.txt
            outputs: {result: stdout}
        join:
          in: {files: work/result}
          out: [all]
          run:
            class: CommandLineTool
            baseCommand: cat
            inputs: {files: {type: 'File[]', inputBinding: {}}}
            stdout: all.txt
            outputs: {all: stdout}
      """;

  @TempDir static Path folder;
  private static PrivatePostgres database;
  private static String url;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = PreparedPostgres.start(folder.resolve("postgres"));
    url = Installation.url(database);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static ChildServer server(String name) throws IOException {
    return ChildServer.start(data(), url, folder.resolve(name + ".log"));
  }

  private static String submit(ChildServer server, Path log, int tasks) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    ObjectNode inputs = body.put("workflow", WORKFLOW).putObject("inputs");
    inputs.put("log", log.toString());
    for (int i = 0; i < tasks; i++) {
      inputs.withArray("numbers").add(i);
    }
    HttpResponse<String> answer = server.postJson("/api/v1/runs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  private static void awaitSuccess(ChildServer server, String run) {
    Awaitility.await()
        .atMost(BOUND)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(server.json("/api/v1/runs/" + run).get("state").asString())
                .isEqualTo("succeeded"));
  }

  private static List<String> lines(Path log, String word) throws IOException {
    return Files.exists(log)
        ? Files.readAllLines(log).stream().filter(line -> line.startsWith(word)).toList()
        : List.of();
  }

  /** Every task ended; a copy began only after one was lost, and no two ran at a time. */
  private static void assertSound(Path log, int tasks, int deaths) throws IOException {
    assertThat(lines(log, "overlap")).isEmpty();
    assertThat(lines(log, "end").stream().distinct()).hasSize(tasks);
    Map<String, Long> starts =
        lines(log, "start").stream()
            .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    assertThat(starts)
        .hasSize(tasks)
        .allSatisfy((task, n) -> assertThat(n).isLessThanOrEqualTo(1 + deaths));
  }

  private static void awaitBegun(Path log) {
    Awaitility.await().atMost(BOUND).until(() -> lines(log, "start").size() >= 2);
  }

  @Test
  void aKilledServersRunsAreTakenOverWithinTenSeconds() throws Exception {
    Path log = folder.resolve("killed.executions");
    try (ChildServer one = server("killed-one");
        ChildServer two = server("killed-two")) {
      one.awaitUp();
      two.awaitUp();
      String run = submit(one, log, 40);
      awaitBegun(log);
      one.kill();
      int before = lines(log, "start").size();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> lines(log, "start").size() > before + 2);
      awaitSuccess(two, run);
      assertSound(log, 40, 1);
    }
  }

  @Test
  void aServerThatSleptPastItsLeaseDoesNoHarm() throws Exception {
    Path log = folder.resolve("paused.executions");
    try (ChildServer one = server("paused-one");
        ChildServer two = server("paused-two")) {
      one.awaitUp();
      two.awaitUp();
      String run = submit(one, log, 40);
      awaitBegun(log);
      one.signal("STOP");
      int before = lines(log, "start").size();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> lines(log, "start").size() > before + 4);
      one.signal("CONT");
      awaitSuccess(two, run);
      awaitSuccess(one, run);
      assertSound(log, 40, 1);
    }
  }

  @Test
  void serversWithOtherFilesAreRefused() throws Exception {
    Path log = folder.resolve("other.log");
    try (ChildServer one = server("same-one")) {
      one.awaitUp();
      try (ChildServer other = ChildServer.start(folder.resolve("other"), url, log)) {
        Awaitility.await()
            .atMost(BOUND)
            .until(() -> Files.readString(log).contains("share the data folder"));
      }
    }
  }
}
