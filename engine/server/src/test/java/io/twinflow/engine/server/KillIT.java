package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Servers, databases and both are killed, and servers paused, at random moments while mixed runs
 * are submitted and go on: every run ends as it would have, each once, with each effect once. The
 * seed is logged; {@code TWINFLOW_SEED} repeats it.
 */
final class KillIT {

  private static final Logger LOG = System.getLogger(KillIT.class.getName());
  private static final int LATEST_MILLIS = 2_000;

  /** What is killed. */
  private enum Blow {
    SERVER,
    DATABASE,
    BOTH,
    PAUSE
  }

  @TempDir static Path folder;
  private static PrivatePostgres database;
  private static Installation alone;
  private static Installation shared;

  @BeforeAll
  static void start() throws Exception {
    alone = new Installation(folder.resolve("alone"), null, 1);
    database = PreparedPostgres.start(folder.resolve("postgres"));
    shared = new Installation(folder.resolve("shared"), database, 2);
    alone.awaitUp();
    shared.awaitUp();
  }

  @AfterAll
  static void stop() {
    alone.close();
    shared.close();
    database.close();
  }

  @Test
  void nothingIsLostAndNothingDoneTwice() {
    long seed = seed(4711);
    round(alone, Blow.BOTH, seed, 0);
    round(shared, Blow.SERVER, seed, 1);
    round(shared, Blow.DATABASE, seed, 2);
  }

  @Test
  @Tag("long")
  void nothingIsLostAndNothingDoneTwiceInManyRounds() {
    long seed = seed(System.nanoTime());
    int rounds = Integer.parseInt(System.getenv().getOrDefault("TWINFLOW_KILL_ROUNDS", "100"));
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      Installation installation = random.nextBoolean() ? alone : shared;
      int kinds = installation.isShared() ? Blow.values().length : Blow.PAUSE.ordinal();
      round(installation, Blow.values()[random.nextInt(kinds)], seed, 100 + round);
    }
  }

  private static long seed(long usual) {
    String given = System.getenv("TWINFLOW_SEED");
    return given == null ? usual : Long.parseLong(given);
  }

  private static void round(Installation installation, Blow blow, long seed, int number) {
    String name = "seed-%d-round-%d-%s".formatted(seed, number, blow);
    LOG.log(Level.INFO, "{0} {1}", name, installation.isShared() ? "shared" : "alone");
    Random random = new Random(seed + number);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<MixedRun, Future<String>> sent = new TreeMap<>();
      for (MixedRun kind : MixedRun.values()) {
        sent.put(kind, clients.submit(() -> submit(installation, kind, name)));
      }
      Thread.sleep(random.nextInt(LATEST_MILLIS));
      strike(installation, blow, random);
      for (Map.Entry<MixedRun, Future<String>> run : sent.entrySet()) {
        check(installation, run.getKey(), run.getValue().get(), name);
      }
      JsonNode runs =
          TestServer.JSON.readTree(
              installation
                  .insist(
                      server -> server.get("/api/v1/runs?label=round=" + name),
                      answer -> answer.statusCode() == 200)
                  .body());
      assertThat(runs.get("runs")).as("%s: each submission is one run", name).hasSize(sent.size());
    } catch (Exception e) {
      throw new AssertionError(name, e);
    }
  }

  private static void strike(Installation installation, Blow blow, Random random)
      throws IOException, InterruptedException {
    switch (blow) {
      case SERVER -> installation.killServer(random);
      case DATABASE -> installation.killDatabase();
      case BOTH -> {
        installation.killDatabase();
        installation.killServer(random);
      }
      case PAUSE -> installation.pauseServer(random);
    }
  }

  /** Sends it until it is answered, as a client does that may not lose it. */
  private static String submit(Installation installation, MixedRun kind, String round)
      throws Exception {
    ObjectNode body = TestServer.JSON.createObjectNode();
    body.put("workflow", kind.workflow());
    body.putObject("inputs").put("number", kind.ordinal());
    body.putObject("labels").put("round", round).put("kind", kind.name());
    body.putObject("options").put("useCache", kind.isCached());
    String text = body.toString();
    HttpResponse<String> answer =
        installation.insist(
            server -> server.postJson("/api/v1/runs", text, round + "-" + kind),
            given -> given.statusCode() < 300);
    String run = TestServer.JSON.readTree(answer.body()).get("id").asString();
    if (kind == MixedRun.CANCELLED) {
      installation.insist(
          server -> server.postJson("/api/v1/runs/" + run + "/cancel", "{}", round + "-cancel"),
          given -> given.statusCode() < 300);
    }
    return run;
  }

  private static void check(Installation installation, MixedRun kind, String run, String round)
      throws IOException {
    HttpResponse<String> end = end(installation, kind, run, round);
    assertThat(TestServer.JSON.readTree(end.body()).get("state").asString())
        .as("%s: %s %s: %s", round, kind, run, end.body())
        .isEqualTo(kind.end());
    Map<String, Integer> effects = effects(installation, run);
    assertThat(effects.values())
        .as("%s: %s %s: %s", round, kind, run, effects)
        .allMatch(times -> times == 1);
    if (kind.tasks() > 0) {
      assertThat(effects).as("%s: %s %s", round, kind, run).hasSize(kind.tasks());
    }
  }

  private static HttpResponse<String> end(
      Installation installation, MixedRun kind, String run, String round) throws IOException {
    try {
      return installation.insist(
          server -> server.get("/api/v1/runs/" + run),
          answer -> answer.statusCode() == 200 && isEnded(answer));
    } catch (Installation.NoSuchAnswer e) {
      Path told =
          new StuckRun(installation, run).writeInto(Path.of("target", "stuck", round + "-" + kind));
      throw new AssertionError(
          "%s: %s %s does not end; see %s".formatted(round, kind, run, told), e);
    }
  }

  private static boolean isEnded(HttpResponse<String> answer) {
    String state = TestServer.JSON.readTree(answer.body()).get("state").asString();
    return List.of("succeeded", "failed", "cancelled").contains(state);
  }

  /** How often each task of a run took effect, by number. */
  private static Map<String, Integer> effects(Installation installation, String run)
      throws IOException {
    Map<String, Integer> effects = new TreeMap<>();
    List<Path> done = new ArrayList<>();
    try (Stream<Path> entries = Files.list(installation.site())) {
      entries
          .filter(entry -> entry.getFileName().toString().contains(run))
          .filter(Files::isDirectory)
          .forEach(done::add);
    }
    for (Path attempt : done) {
      String[] parts = attempt.getFileName().toString().split("-");
      effects.merge(parts[parts.length - 2], 1, Integer::sum);
    }
    return effects;
  }
}
