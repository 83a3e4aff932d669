package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.stores.s3.CuttingProxy;
import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.OutputFolder.Entry;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.files.FileDigests;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong between a site and the store loses nothing, and runs no tool twice. */
@Timeout(180)
class BundleFaultsIT {

  /** Three parts and a bit. */
  private static final String LARGE =
      "echo ran >> \"$EFFECTS\"; i=0; while [ $i -lt 16 ]; do head -c 1048576 /dev/urandom; i=$((i+1)); done > 'lar ge'; sha256sum < 'lar ge'";

  private static final Map<String, String> SMALL_PARTS = Map.of("TWINFLOW_PART_MIB", "5");

  @TempDir private Path root;

  private Path effects() {
    return root.resolve("effects");
  }

  private TaskBuilder large(Attempt attempt) {
    return attempt.task(LARGE).environment("EFFECTS", effects().toString()).stdout("sum");
  }

  private static void isWhole(Attempt attempt, TaskBuilder task) throws Exception {
    OutputFolder folder = attempt.bench().tasks.outputs(task.build());
    Entry large = folder.find("lar ge").orElseThrow();
    assertThat(large.size()).isEqualTo(16 << 20);
    String sum = Attempt.text(folder, "sum").split(" ", -1)[0];
    Path copy = attempt.bench().download(large.location());
    assertThat(List.of(folder.identify(large).sha256(), FileDigests.of(copy).sha256()))
        .containsExactly(sum, sum);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void aLargeOutputGoesInParts(Client client) throws Exception {
    try (StoreBench bench = new StoreBench(root, Duration.ofMinutes(10))) {
      List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
      bench.beforeAnswer(asked::add);
      Attempt attempt = Attempt.at(bench);
      TaskBuilder task = large(attempt);
      String said = Attempt.said(attempt.start(client, task, SMALL_PARTS));
      assertThat(attempt.result(said).outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(effects()).hasContent("ran\n");
      isWhole(attempt, task);
      assertThat(asked.stream().filter("parts"::equals)).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Client.class,
      names = {"WGET"})
  void killedInTheMiddleOfAnUploadItLeavesNoOutputAndGoesOnWithoutTheTool(Client client)
      throws Exception {
    try (StoreBench bench = new StoreBench(root, Duration.ofMinutes(10))) {
      CountDownLatch uploaded = new CountDownLatch(1);
      Semaphore goOn = new Semaphore(0);
      bench.beforeAnswer(word -> {
        if (word.equals("parts")) {
          uploaded.countDown();
          goOn.acquireUninterruptibly();
        }
      });
      Attempt attempt = Attempt.at(bench);
      TaskBuilder task = large(attempt);
      Process first = attempt.start(client, task, SMALL_PARTS);
      uploaded.await();
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly().waitFor();
      assertThat(bench.tasks.look().ended()).isEmpty();
      assertThat(bench.place.list(bench.names.folder().apply(attempt.key()) + "/out/lar"))
          .isEmpty();
      goOn.release(1000);
      String said = Attempt.said(bench.start(client, attempt.key(), SMALL_PARTS));
      assertThat(attempt.result(said).outcome()).isEqualTo(new Outcome.Exited(0));
      isWhole(attempt, task);
      assertThat(effects()).hasContent("ran\n");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Client.class,
      names = {"CURL", "BUSYBOX"})
  void aStoreThatGoesAwayDuringTheUploadAndComesBackIsWaitedFor(Client client) throws Exception {
    S3Site real = Gateway.site();
    try (CuttingProxy proxy = new CuttingProxy(real.endpoint());
        StoreBench bench =
            new StoreBench(
                root,
                Duration.ofMinutes(10),
                new S3Site(
                    "test", proxy.endpoint(), real.region(), real.accessKey(), real.secretKey()))) {
      Attempt attempt = Attempt.at(bench);
      TaskBuilder task = attempt.task("echo ran >> %s; echo made > made".formatted(effects()));
      Semaphore once = new Semaphore(1);
      bench.beforeAnswer(word -> {
        if (word.equals("put") && once.tryAcquire()) {
          proxy.cut(3, 0, 0);
        }
      });
      String said = attempt.run(client, task);
      assertThat(attempt.result(said).outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(proxy.cuts()).isEqualTo(3);
      assertThat(effects()).hasContent("ran\n");
      assertThat(Attempt.text(bench.tasks.outputs(task.build()), "made")).isEqualTo("made\n");
    }
  }

  /** As after a week in a queue, or behind a slow network. */
  @ParameterizedTest
  @EnumSource(
      value = Client.class,
      names = {"CURL"})
  void urlsThatHaveExpiredAreIssuedAgain(Client client) throws Exception {
    try (StoreBench bench = new StoreBench(root, Duration.ofSeconds(2))) {
      Attempt attempt = Attempt.at(bench);
      Path input = Files.writeString(root.resolve("input"), "in\n");
      TaskBuilder task = attempt.task("cat \"$IN\" > out").link(input, "i");
      task.environment("IN", bench.tasks.layout(attempt.key(), false).inputs() + "/i");
      ConcurrentLinkedQueue<String> late = new ConcurrentLinkedQueue<>(List.of("inputs", "put"));
      List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
      bench.beforeAnswer(word -> {
        asked.add(word);
        if (late.remove(word)) {
          sleep(Duration.ofSeconds(3));
        }
      });
      String said = attempt.run(client, task);
      assertThat(attempt.result(said).outcome()).isEqualTo(new Outcome.Exited(0));
      assertThat(Attempt.text(bench.tasks.outputs(task.build()), "out")).isEqualTo("in\n");
      assertThat(asked.stream().filter("inputs"::equals)).hasSizeGreaterThan(1);
      assertThat(asked.stream().filter("put"::equals)).hasSizeGreaterThan(1);
      assertThat(asked.stream().filter("claim"::equals)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void toldToStopBeforeTheToolRunsItSaysSo(Client client) throws Exception {
    try (StoreBench bench = StoreBench.ofFolder(root, Duration.ofMinutes(10))) {
      Attempt attempt = Attempt.at(bench);
      CountDownLatch claimed = new CountDownLatch(1);
      Semaphore goOn = new Semaphore(0);
      bench.beforeAnswer(word -> {
        if (word.equals("order")) {
          claimed.countDown();
          goOn.acquireUninterruptibly();
        }
      });
      TaskBuilder task = attempt.task("echo ran >> %s".formatted(effects()));
      Process process = attempt.start(client, task, Map.of());
      claimed.await();
      process.toHandle().destroy();
      goOn.release(1000);
      TaskResult result = attempt.result(Attempt.said(process));
      assertThat(result.outcome())
          .isEqualTo(
              new Outcome.Failed(
                  FailureKind.CANCELLED, "told to stop by its site before the tool ran"));
      assertThat(effects()).doesNotExist();
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
