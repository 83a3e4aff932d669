package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.node.ObjectNode;

/** Two servers count one queue; what they accepted is begun, whoever is killed before that. */
final class AcceptedIT {

  private static final int BOUND = 12;
  private static final String TOOL =
      "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: 'true', inputs: [], outputs: []}";

  @TempDir static Path folder;
  private static PrivatePostgres database;
  private static String url;

  @BeforeAll
  static void startDatabase() throws Exception {
    database = PreparedPostgres.start(folder.resolve("postgres"));
    PGSimpleDataSource source = database.dataSource();
    url =
        "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
            .formatted(source.getPortNumbers()[0], source.getUser(), source.getPassword());
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  private static ChildServer server(String name, String... more) throws Exception {
    return ChildServer.start(folder.resolve("data"), url, folder.resolve(name + ".log"), more);
  }

  @Test
  void exactlyAsManyAsMayWaitAreAcceptedByTwoServersAndAllOfThemAreBegunAfterAKill()
      throws Exception {
    Set<String> accepted = new HashSet<>();
    try (ChildServer one =
            server("one", "--limit", "site/*/runs=0", "--limit", "site/*/queued=" + BOUND);
        ChildServer two = server("two")) {
      one.awaitUp();
      two.awaitUp();
      ObjectNode body = TestServer.JSON.createObjectNode();
      body.put("workflow", TOOL);
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 3 * BOUND; i++) {
        ChildServer server = i % 2 == 0 ? one : two;
        calls.add(() -> server.postJson("/api/v1/runs", body.toString()));
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<HttpResponse<String>> call : threads.invokeAll(calls)) {
          HttpResponse<String> answer = call.get();
          if (answer.statusCode() == 201) {
            accepted.add(TestServer.JSON.readTree(answer.body()).get("id").asString());
          } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
          }
        }
      }
      assertThat(accepted).hasSize(BOUND);
      one.kill();
      two.kill();
    }
    try (ChildServer again = server("again", "--limit", "site/*/runs=100")) {
      again.awaitUp();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            Set<String> succeeded = new HashSet<>();
            again
                .json("/api/v1/runs?state=succeeded&limit=100")
                .get("runs")
                .forEach(run -> succeeded.add(run.get("id").asString()));
            assertThat(succeeded).isEqualTo(accepted);
          });
    }
  }
}
