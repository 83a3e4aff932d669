package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import io.twinflow.engine.server.data.StoreSettings;
import io.twinflow.engine.server.keep.Garbage;
import io.twinflow.engine.server.keep.Sweep;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What runs left in an object store goes when no run names it any more, and nothing else does. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StoreSweepIT {

  private static final String PREFIX = "twin flow/";
  private static final String GONE = "20250101-000000-abcdef";

  private static final String RUN =
      "{\"workflow\": \"{cwlVersion: v1.2, class: CommandLineTool, baseCommand: [echo, kept], inputs: {}, stdout: out.txt, outputs: {out: stdout}}\", \"inputs\": {}}";

  @TempDir static Path folder;
  private static TestBucket bucket;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    bucket = TestBucket.make();
    Path sites = bucket.sitesFile(folder, bucket.name() + "/in/");
    server =
        TestServer.start(
            ServerSettings.in(folder.resolve("data"))
                .withTrust(Trust.IN_TOOLS)
                .withStores(
                    new StoreSettings(
                        "s3://" + bucket.name() + "/" + PREFIX.strip(), sites, 1000)));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      bucket.close();
    }
  }

  private static String run() throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/runs", RUN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = TestServer.JSON.readTree(answer.body()).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.json("/api/v1/runs/" + id).get("state").asString().equals("succeeded"));
    return id;
  }

  private static void delete(String run) throws Exception {
    HttpResponse<String> answer =
        server.send(server.to("/api/v1/runs/" + run).method("DELETE", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202, 204);
  }

  private static List<Garbage> sweep() throws Exception {
    Sweep sweep = server.part(Sweep.class);
    sweep.sweep(Duration.ZERO);
    return sweep.sweep(Duration.ZERO);
  }

  private static List<String> below(String prefix) throws Exception {
    return bucket.objects().stream().filter(object -> object.startsWith(prefix)).toList();
  }

  @Test
  @Order(1)
  void filesGoWithTheLastRunThatNamesThem() throws Exception {
    String files = PREFIX + "default/admin/runs/";
    bucket.put(files + GONE + "/work/1.1/out", "of a run that is gone");
    bucket.put(PREFIX + "default/admin/uploads/u1/young.txt", "of a submission under way");
    bucket.put(PREFIX + "default/admin/notes/x.txt", "of somebody else");
    bucket.put("other/default/admin/runs/" + GONE + "/out", "of another installation");
    String made = run();
    String adopted = run();
    assertThat(below(files + made)).hasSize(1);
    assertThat(below(files + adopted)).as("the second has the file of the first").isEmpty();

    Sweep sweep = server.part(Sweep.class);
    assertThat(sweep.dryRun()).as("all are young").isEmpty();
    assertThat(sweep.dryRun(Duration.ZERO))
        .extracting(Garbage::kind, Garbage::name, Garbage::bytes)
        .containsExactly(tuple(Garbage.Kind.STORED, "default/admin/runs/" + GONE, 21L));
    assertThat(below(files + GONE)).as("a dry run").hasSize(1);

    delete(made);
    sweep();
    assertThat(below(files + GONE)).isEmpty();
    assertThat(below(files + made)).as("what a run that is kept names").isNotEmpty();
    assertThat(server.get("/api/v1/runs/" + adopted + "/outputs/out").body()).isEqualTo("kept\n");

    delete(adopted);
    sweep();
    assertThat(below(files)).isEmpty();
    assertThat(below(PREFIX + "default/admin/uploads")).hasSize(1);
    assertThat(below(PREFIX + "default/admin/notes")).hasSize(1);
    assertThat(below("other/")).hasSize(1);
  }

  @Test
  @Order(2)
  void nothingGoesFromAStoreThatBelongsToAnotherDatabase() throws Exception {
    bucket.put(PREFIX + "twinflow-database", "00000000-0000-0000-0000-000000000000");
    String left = PREFIX + "default/admin/runs/" + GONE + "/out";
    bucket.put(left, "of the other's run");
    sweep();
    assertThat(below(left)).hasSize(1);
  }
}
