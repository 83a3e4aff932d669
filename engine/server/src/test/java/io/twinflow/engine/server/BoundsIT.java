package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PostgresJournalStore;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server whose database takes nothing for a while. */
@ExtendWith(SharedServer.Shared.class)
final class BoundsIT {

  private static final String RUN =
      "{\"workflow\": \"{cwlVersion: v1.2, class: CommandLineTool, baseCommand: 'true', inputs: {}, outputs: {}}\", \"options\": {\"useCache\": false}}";

  private final TestServer server;

  BoundsIT(SharedServer shared) {
    this.server = shared.server();
  }

  @Test
  void submissionsAreRefusedForNowWhileTheJournalIsNotTakenAndNoneIsLost() throws Exception {
    CompletableFuture<String> first;
    try (Connection other = server.part(DataSource.class).getConnection();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE journal IN EXCLUSIVE MODE");
      first = CompletableFuture.supplyAsync(this::submitted);
      PostgresJournalStore journals = server.part(PostgresJournalStore.class);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> journals.commitLag().compareTo(Duration.ofSeconds(6)) > 0);
      HttpResponse<String> refused = server.postJson("/api/v1/runs", RUN);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.body()).contains("the database has not taken what happened for");
      other.rollback();
    }
    awaitSuccess(first.join());
    awaitSuccess(submitted());
  }

  private String submitted() {
    try {
      HttpResponse<String> answer = server.postJson("/api/v1/runs", RUN);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      return "/api/v1/runs/" + TestServer.JSON.readTree(answer.body()).get("id").asString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitSuccess(String run) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json(run).get("state").asString().equals("succeeded"));
  }
}
