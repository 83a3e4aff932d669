package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;

/** Subscribers of jobs, and tasks of WES, where two servers share a database and one is killed. */
@Tag("long")
final class OgcTwoServersIT {

  private static final int JOBS = 8;
  private static final Duration BOUND = Duration.ofSeconds(90);

  private static final String NAP =
      """
      cwlVersion: v1.2
      class: CommandLineTool
      id: nap
      baseCommand: [sh, -c, 'sleep "$0"; echo "$1"']
      inputs:
        seconds: {type: int, inputBinding: {position: 1}}
        word: {type: string, inputBinding: {position: 2}}
      stdout: word.txt
      outputs: {word: stdout}
      """;

  @TempDir static Path folder;
  private static PrivatePostgres database;
  private static HttpServer subscriber;
  private static final Map<String, Integer> told = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    database = PreparedPostgres.start(folder.resolve("postgres"));
    subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    subscriber.createContext("/", OgcTwoServersIT::listen);
    subscriber.start();
  }

  @AfterAll
  static void stop() {
    subscriber.stop(0);
    database.close();
  }

  private static void listen(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    told.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static ChildServer server(String name) throws IOException {
    PGSimpleDataSource source = database.dataSource();
    return ChildServer.start(
        folder.resolve("data"),
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
            .formatted(source.getPortNumbers()[0], source.getUser(), source.getPassword()),
        folder.resolve(name + ".log"),
        "--allow-url",
        place());
  }

  private static String place() {
    return "http://127.0.0.1:" + subscriber.getAddress().getPort() + "/";
  }

  private static String execute(ChildServer server, int seconds, String word) throws Exception {
    String body =
        """
        {"inputs": {"seconds": %d, "word": "%s"},
         "subscriber": {"successUri": "%s%s-done", "inProgressUri": "%s%s-begun"}}
        """
            .formatted(seconds, word, place(), word, place(), word);
    HttpResponse<String> answer =
        server.send(
            server
                .to("/ogc/processes/nap/execution")
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body()).get("jobID").asString();
  }

  @Test
  void eachSubscriberIsToldByOneServerAndByTheOtherIfThatDies() throws Exception {
    try (ChildServer one = server("one");
        ChildServer two = server("two")) {
      one.awaitUp();
      two.awaitUp();
      assertThat(
              one.send(
                      one.to("/ogc/processes")
                          .header("Content-Type", "application/cwl")
                          .POST(BodyPublishers.ofString(NAP)))
                  .statusCode())
          .isEqualTo(201);
      for (int i = 0; i < JOBS; i++) {
        execute(i % 2 == 0 ? one : two, 0, "quick" + i);
      }
      Awaitility.await().atMost(BOUND).untilAsserted(() -> assertThat(told).hasSize(2 * JOBS));
      assertThat(told.values()).as("by one of the two, once").containsOnly(1);

      List<String> slow = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        slow.add(execute(one, 4, "slow" + i));
      }
      one.kill();
      for (int i = 0; i < JOBS; i++) {
        String word = "/slow" + i;
        Awaitility.await()
            .atMost(BOUND)
            .untilAsserted(() -> assertThat(told).containsKeys(word + "-done", word + "-begun"));
      }
      JsonNode tasks = two.json("/ga4gh/wes/v1/runs/" + slow.getFirst() + "/tasks");
      assertThat(tasks.at("/task_logs/0/exit_code").asInt(-1)).as(tasks.toString()).isZero();
      JsonNode log = two.json("/ga4gh/wes/v1/runs/" + slow.getFirst());
      assertThat(log.get("state").asString()).isEqualTo("COMPLETE");
      String output = log.at("/outputs/word/location").asString();
      assertThat(two.get(output.substring(output.indexOf("/ga4gh"))).body()).isEqualTo("slow0\n");
    }
  }
}
