package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.stores.s3.CuttingProxy;
import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Pods of a real Kubernetes that share nothing with the engine but a store: what they do in good
 * order, and that nothing is lost and no tool runs twice when something goes wrong. Each tool tells
 * this test that it runs.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class PodFaultsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path disk;
  private final AttemptKey attempt =
      new AttemptKey(PodBench.INSTALLATION, "r" + Long.toString(System.nanoTime(), 36), 1, 1);
  private final BatchKey batch = new BatchKey(PodBench.INSTALLATION, attempt.run(), 1);
  private final AtomicInteger runs = new AtomicInteger();
  private @Nullable HttpServer counter;
  private volatile boolean maySucceed;
  private @Nullable TaskState state;

  @BeforeEach
  void count() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          runs.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/go",
        exchange -> {
          exchange.sendResponseHeaders(maySucceed ? 204 : 404, -1);
          exchange.close();
        });
    server.start();
    counter = server;
  }

  @AfterEach
  void stop() throws Exception {
    if (counter != null) {
      counter.stop(0);
    }
    PodBench.kubectl("delete", "job", attempt.value(), "--ignore-not-found", "--wait=false");
  }

  private TaskBuilder task(Executor executor, String image, String script) {
    return new TaskBuilder(
        attempt,
        executor.layout(attempt, true),
        List.of("sh", "-c", script),
        ContainerSpec.pull(image, null));
  }

  /** One that can say that it runs. */
  private TaskBuilder counted(Executor executor, String script) {
    int port = Objects.requireNonNull(counter).getAddress().getPort();
    String here = "here=http://127.0.0.1:%d; curl -s $here/ran; ".formatted(port);
    return task(executor, PodBench.curl(), here + script);
  }

  private BatchHandle submit(Executor executor, TaskSpec task) throws SiteException {
    return executor.submit(new Batch(batch, List.of(task)));
  }

  private TaskState awaitState(Executor executor, BatchHandle handle, Predicate<TaskState> wanted) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          try {
            for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(200))) {
              state = o.state();
            }
          } catch (SiteException e) {
            assertThat(e.certainty()).isEqualTo(SiteException.Certainty.NOTHING_HAPPENED);
          }
          return state != null && wanted.test(state);
        });
    return state;
  }

  private static boolean isEnd(TaskState one) {
    return one instanceof TaskState.Ended || one instanceof TaskState.Lost;
  }

  private Outcome outcome(Executor executor, BatchHandle handle) {
    TaskState end = awaitState(executor, handle, PodFaultsIT::isEnd);
    assertThat(end).isInstanceOf(TaskState.Ended.class);
    return ((TaskState.Ended) end).result().outcome();
  }

  private String log(Executor executor) throws IOException {
    try (InputStream in = executor.log(attempt, LogStream.STDOUT)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void filesComeAndGoByTheStoreAndNoPodShowsAToken() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        Executor executor = bench.open(Map.of())) {
      Path input = Files.writeString(disk.resolve("input"), "in\n");
      TaskBuilder task =
          counted(
                  executor,
                  "cat \"$IN\"; until curl -sf $here/go; do sleep 0.1; done; cp \"$IN\" out")
              .link(input, "i");
      task.environment("IN", task.layout().inputs() + "/i");
      TaskSpec spec = task.build();
      BatchHandle handle = submit(executor, spec);
      await().atMost(PATIENCE).until(() -> log(executor).equals("in\n"));
      String pod =
          PodBench.kubectl("get", "pods", "-l", "job-name=" + attempt.value(), "-o", "yaml");
      String token =
          PodBench.kubectl(
              "get", "secret", batch.value(), "-o", "jsonpath={.data." + attempt.value() + "}");
      String plain = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      assertThat(plain).hasSizeGreaterThan(30);
      assertThat(pod).contains("TWINFLOW_TICKET").doesNotContain(plain);
      maySucceed = true;
      assertThat(outcome(executor, handle)).isEqualTo(new Outcome.Exited(0));
      assertThat(Attempt.text(executor.outputs(spec), "out")).isEqualTo("in\n");
      assertThat(runs).hasValue(1);
      executor.release(List.of(attempt));
      await()
          .atMost(PATIENCE)
          .until(() ->
              PodBench.kubectl(
                      "get",
                      "jobs,secrets",
                      "--ignore-not-found",
                      "-l",
                      "twinflow.io/batch=" + batch.value(),
                      "-o",
                      "name")
                  .isBlank());
    }
  }

  /** As the restricted profile of pod security asks, but for the network of this cluster's node. */
  @Test
  void nobodyNeedsToBeRootNorToWriteIntoAnImage() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        Executor executor = bench.open(Map.of("restricted", "true", "readOnlyRoot", "true"))) {
      TaskSpec spec =
          counted(executor, "id -u > who; ! touch /usr/x; mkdir made; cp who made/again").build();
      BatchHandle handle = submit(executor, spec);
      assertThat(outcome(executor, handle)).isEqualTo(new Outcome.Exited(0));
      assertThat(Attempt.text(executor.outputs(spec), "made/again")).isEqualTo("1000\n");
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void aPodThatIsDeletedWhileItsToolRunsIsLostAndTheToolRunsInNoOther() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        Executor executor = bench.open(Map.of())) {
      BatchHandle handle = submit(executor, counted(executor, "sleep 600").build());
      await().atMost(PATIENCE).until(() -> runs.get() == 1);
      // A node that is still starting containers of a pod may take a minute to heed its deletion.
      await()
          .atMost(PATIENCE)
          .until(() ->
              PodBench.kubectl(
                      "get",
                      "pods",
                      "-l",
                      "job-name=" + attempt.value(),
                      "-o",
                      "jsonpath={.items[0].status.phase}")
                  .equals("Running"));
      PodBench.kubectl("delete", "pods", "-l", "job-name=" + attempt.value(), "--wait=false");
      assertThat(awaitState(executor, handle, PodFaultsIT::isEnd))
          .isInstanceOfSatisfying(
              TaskState.Lost.class, lost -> assertThat(lost.reason()).contains(attempt.value()));
      await()
          .atMost(PATIENCE)
          .until(() ->
              PodBench.kubectl(
                      "get",
                      "jobs",
                      "--ignore-not-found",
                      "-l",
                      "twinflow.io/batch=" + batch.value(),
                      "-o",
                      "name")
                  .isBlank());
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void aStoreThatIsAwayWhileOutputsAreSentIsWaitedFor() throws Exception {
    S3Site real = Gateway.site();
    S3Site behind;
    try (CuttingProxy proxy = new CuttingProxy(real.endpoint())) {
      behind =
          new S3Site("test", proxy.endpoint(), real.region(), real.accessKey(), real.secretKey());
      try (PodBench bench = new PodBench(behind);
          Executor executor = bench.open(Map.of())) {
        Semaphore once = new Semaphore(1);
        bench.beforeAnswer(word -> {
          if (word.equals("put") && once.tryAcquire()) {
            proxy.cut(6, 0, 0);
          }
        });
        TaskSpec spec = counted(executor, "echo made > made").build();
        BatchHandle handle = submit(executor, spec);
        assertThat(outcome(executor, handle)).isEqualTo(new Outcome.Exited(0));
        assertThat(proxy.cuts()).isEqualTo(6);
        assertThat(Attempt.text(executor.outputs(spec), "made")).isEqualTo("made\n");
        assertThat(runs).hasValue(1);
      }
    }
  }

  @Test
  void anImageThatCannotFetchIsSaidToLackWhatItLacks() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        Executor executor = bench.open(Map.of("stagingImage", PodBench.image()))) {
      BatchHandle handle = submit(executor, task(executor, PodBench.image(), "true").build());
      assertThat(outcome(executor, handle))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> {
                assertThat(f.kind()).isEqualTo(FailureKind.USER);
                assertThat(f.reason()).contains("neither curl nor wget").contains("stagingImage");
              });
    }
  }

  @Test
  void anImageWithoutAShellIsRefusedBeforeAnythingIsFetched() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        Executor executor = bench.open(Map.of())) {
      BatchHandle handle = submit(executor, task(executor, "shellless:local", "true").build());
      assertThat(outcome(executor, handle))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              f -> {
                assertThat(f.kind()).isEqualTo(FailureKind.USER);
                assertThat(f.reason()).contains("\"sh\": executable file not found");
              });
    }
  }

  @Test
  void anAdministratorIsToldOfTheStoreAndOfAllRights() throws Exception {
    try (PodBench bench = new PodBench(Gateway.site());
        Executor executor = bench.open(Map.of())) {
      assertThat(executor.check())
          .noneMatch(f -> f.level() == Finding.Level.PROBLEM)
          .anyMatch(f -> f.about().equals("tickets"));
    }
  }
}
