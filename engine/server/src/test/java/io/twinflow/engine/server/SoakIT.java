package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server under steady load through its interface takes hold of nothing for good. */
final class SoakIT {

  private static final int CLIENTS = 3;
  private static final String WORKFLOW =
      """
      cwlVersion: v1.2
      class: Workflow
      requirements: {ScatterFeatureRequirement: {}, InlineJavascriptRequirement: {}}
      inputs: {words: 'string[]'}
      outputs: {said: {type: 'File[]', outputSource: say/said}}
      steps:
        say:
          scatter: word
          in: {word: words}
          out: [said]
          run:
            class: CommandLineTool
            baseCommand: echo
            inputs: {word: {type: string, inputBinding: {}}}
            stdout: $(inputs.word + ".txt")
            outputs: {said: stdout}
      """;

  @TempDir private Path folder;

  @Test
  void aFewSecondsOfLoadLeaveNoHandlesAndNoThreads() throws Exception {
    List<Vitals> vitals = soak(Duration.ZERO, 60, Duration.ofSeconds(2));
    assertSteady(vitals);
  }

  @Test
  @Tag("long")
  void halfAnHourOfLoadLeavesHeapAndTablesAsTheyWere() throws Exception {
    int minutes = Integer.parseInt(System.getenv().getOrDefault("TWINFLOW_SOAK_MINUTES", "30"));
    List<Vitals> vitals = soak(Duration.ofMinutes(minutes), 0, Duration.ofMinutes(1));
    SoakFigures.write(vitals);
    assertSteady(vitals);
    assertThat(SoakFigures.heapSlope(vitals) * 60)
        .as("KiB of heap more in each hour; %s", vitals)
        .isLessThan(SoakFigures.settled(vitals).getFirst().heapKib() / 2.0);
  }

  private static void assertSteady(List<Vitals> vitals) {
    Vitals first = SoakFigures.settled(vitals).getFirst();
    Vitals last = vitals.getLast();
    assertThat(last.runs()).as("runs, so that there was a load").isGreaterThan(first.runs());
    assertThat(last.threads()).as("%s", vitals).isLessThan(first.threads() + 16);
    assertThat(last.handles()).as("%s", vitals).isLessThan(first.handles() + 40);
    assertThat(last.hotBytes()).as("%s", vitals).isLessThan(2 << 20);
    assertThat(last.deadRows()).as("%s", vitals).isLessThan(5_000 + 2 * last.runs());
    assertThat(last.parts()).as("half-made files; %s", vitals).isZero();
  }

  /**
   * Looks at the server now and then, and when the load is over.
   *
   * @param load at least for so long
   * @param uses at least so many
   */
  private List<Vitals> soak(Duration load, int uses, Duration between) throws Exception {
    Path data = folder.resolve("data");
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<Vitals> vitals = new ArrayList<>();
    AtomicLong runs = new AtomicLong();
    AtomicInteger failures = new AtomicInteger();
    try (PrivatePostgres database = PreparedPostgres.start(folder.resolve("postgres"));
        ChildServer server =
            ChildServer.start(
                data,
                Installation.url(database),
                folder.resolve("log"),
                "-Djava.io.tmpdir=" + temporary)) {
      server.awaitUp();
      long start = System.nanoTime();
      long end = start + load.toNanos();
      ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
      for (int i = 0; i < CLIENTS; i++) {
        clients.submit(() -> {
          while (System.nanoTime() < end || runs.get() < uses) {
            try {
              useOnce(server, runs.incrementAndGet());
            } catch (Exception | AssertionError e) {
              failures.incrementAndGet();
              System.getLogger(SoakIT.class.getName())
                  .log(System.Logger.Level.WARNING, "a client failed", e);
            }
          }
          return null;
        });
      }
      while (System.nanoTime() < end || runs.get() < uses) {
        Thread.sleep(between);
        vitals.add(look(start, runs, server, database, data, temporary));
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
      vitals.add(look(start, runs, server, database, data, temporary));
    }
    assertThat(failures.get()).as("clients that were not served").isZero();
    return vitals;
  }

  private static Vitals look(
      long start,
      AtomicLong runs,
      ChildServer server,
      PrivatePostgres database,
      Path data,
      Path temporary)
      throws Exception {
    double minutes = (System.nanoTime() - start) / 6e10;
    return Vitals.of(minutes, runs.get(), server.pid(), database.dataSource(), data, temporary);
  }

  /** What a client does: submits, follows, reads a log, fetches a result, now and then cancels. */
  private static void useOnce(ChildServer server, long number) throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    ObjectNode inputs = body.put("workflow", WORKFLOW).putObject("inputs");
    inputs.withArray("words").add("a" + number).add("b" + number % 7).add("c");
    HttpResponse<String> answer =
        server.postJson("/api/v1/runs", body.toString(), "soak-" + number);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String run = "/api/v1/runs/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
    if (number % 10 == 0) {
      server.postJson(run + "/cancel", "{}");
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          JsonNode state = server.json(run).get("state");
          return List.of("succeeded", "failed", "cancelled").contains(state.asString());
        });
    assertThat(server.get(run + "/tasks").statusCode()).isEqualTo(200);
    assertThat(server.get(run + "/outputs").statusCode()).isLessThan(500);
    assertThat(server.get("/api/v1/runs?limit=20").statusCode()).isEqualTo(200);
    assertThat(server.get("/ga4gh/wes/v1/runs?page_size=5").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/runs/unknown").statusCode()).isEqualTo(404);
  }
}
