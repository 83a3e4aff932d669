package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All at once: each is answered, none is lost, none is there twice, and the server lives. */
final class ManyClientsIT {

  private static final String TOOL =
      "{cwlVersion: v1.2, class: ExpressionTool, requirements: {InlineJavascriptRequirement: {}},"
          + " expression: '${return {};}', inputs: [], outputs: []}";

  @TempDir static Path data;

  @Test
  void twoHundredClientsAtOnce() throws Exception {
    submitAtOnce(200);
  }

  @Test
  @Tag("long")
  void aThousandClientsAtOnce() throws Exception {
    submitAtOnce(1_000);
  }

  private static void submitAtOnce(int clients) throws Exception {
    try (TestServer server = TestServer.start(data.resolve("of-" + clients))) {
      CountDownLatch begin = new CountDownLatch(1);
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ObjectNode body = TestServer.JSON.createObjectNode();
        body.put("workflow", TOOL).putObject("labels").put("client", Integer.toString(i));
        String text = body.toString();
        calls.add(() -> {
          begin.await();
          return server.postJson("/api/v1/runs", text);
        });
      }
      Set<String> accepted = new HashSet<>();
      Map<Integer, Integer> answers = new TreeMap<>();
      long start = System.nanoTime();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<HttpResponse<String>>> sent = new ArrayList<>();
        calls.forEach(call -> sent.add(threads.submit(call)));
        begin.countDown();
        for (Future<HttpResponse<String>> call : sent) {
          HttpResponse<String> answer = call.get();
          answers.merge(answer.statusCode(), 1, Integer::sum);
          if (answer.statusCode() == 201) {
            assertThat(accepted.add(TestServer.JSON.readTree(answer.body()).get("id").asString()))
                .isTrue();
          } else {
            assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          }
        }
      }
      System.getLogger(ManyClientsIT.class.getName())
          .log(
              System.Logger.Level.INFO,
              "%d clients at once: %s in %d s"
                  .formatted(
                      clients, answers, Duration.ofNanos(System.nanoTime() - start).toSeconds()));
      assertThat(accepted).hasSizeGreaterThan(clients / 10);
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> server.json("/api/v1/runs?state=queued,running&limit=1").get("runs").isEmpty());
      Set<String> clientsSeen = new HashSet<>();
      Set<String> there = new HashSet<>();
      for (JsonNode run : server.json("/api/v1/runs?state=succeeded&limit=1000").get("runs")) {
        there.add(run.get("id").asString());
        assertThat(clientsSeen.add(run.at("/labels/client").asString())).isTrue();
      }
      assertThat(there).isEqualTo(accepted);
    }
  }
}
