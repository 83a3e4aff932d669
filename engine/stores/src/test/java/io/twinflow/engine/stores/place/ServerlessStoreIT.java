package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.stores.s3.CuttingProxy;
import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.engine.stores.s3.S3Site;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.serverless.attempts.Limits;
import io.twinflow.executors.serverless.attempts.RemotePlace;
import io.twinflow.executors.serverless.attempts.Trial;
import io.twinflow.executors.serverless.functions.FunctionOptions;
import io.twinflow.executors.serverless.functions.FunctionSite;
import io.twinflow.executors.serverless.oscar.OscarOptions;
import io.twinflow.executors.serverless.oscar.OscarSite;
import io.twinflow.executors.serverless.oscar.OscarStandIn;
import io.twinflow.executors.serverless.oscar.PlaceUses;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Functions, and a stand-in of OSCAR, that share nothing with the engine but a store: whatever
 * happens between them, nothing is lost, and no tool runs twice.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_FUNCTIONS_URL", matches = ".+")
class ServerlessStoreIT {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Limits LIMITS =
      Limits.DEFAULT.withPoll(Duration.ofMillis(100)).withSettle(Duration.ofSeconds(1));

  @TempDir private Path folder;

  private Executor functions(StoreBench bench) {
    return FunctionSite.open(
        FunctionOptions.at(URI.create(System.getenv("TWINFLOW_FUNCTIONS_URL")), folder)
            .withLimits(LIMITS),
        new RemotePlace("test", bench.place, bench.tasks));
  }

  private Executor oscar(StoreBench bench, OscarStandIn oscar) {
    return OscarSite.open(
        OscarOptions.at(
                oscar.uri(), new OscarOptions.Access.Bearer(() -> OscarStandIn.BEARER), folder)
            .withLimits(LIMITS),
        new RemotePlace("test", bench.place, bench.tasks),
        PlaceUses.of(bench.place, "test"));
  }

  private Trial trial() {
    return new Trial(folder, StoreBench.INSTALLATION);
  }

  /** Copies what it is given, and what came home is the same. */
  private void succeeds(Trial trial, Executor executor) throws Exception {
    Path input = Files.writeString(folder.resolve("input"), "from far\n");
    TaskBuilder task = trial.task(executor, "cat \"$IN\" > out").link(input, "i");
    task.environment("IN", task.layout().inputs() + "/i");
    BatchHandle handle = executor.submit(trial.batch(task));
    trial.succeeds(executor, handle);
    assertThat(Attempt.text(executor.outputs(task.build()), "out")).isEqualTo("from far\n");
  }

  @Test
  void aStoreThatIsAwayDuringTheUploadIsWaitedFor() throws Exception {
    S3Site real = Gateway.site();
    try (CuttingProxy proxy = new CuttingProxy(real.endpoint());
        StoreBench bench =
            new StoreBench(
                folder,
                LONG,
                new S3Site(
                    "test", proxy.endpoint(), real.region(), real.accessKey(), real.secretKey()));
        Executor executor = functions(bench)) {
      Semaphore once = new Semaphore(1);
      bench.beforeAnswer(word -> {
        if (word.equals("put") && once.tryAcquire()) {
          proxy.cut(3, 0, 0);
        }
      });
      succeeds(trial(), executor);
      assertThat(proxy.cuts()).isEqualTo(3);
    }
  }

  @Test
  void urlsThatHaveExpiredAreAskedForAgain() throws Exception {
    try (StoreBench bench = new StoreBench(folder, Duration.ofSeconds(2));
        Executor executor = functions(bench)) {
      Queue<String> late = new ConcurrentLinkedQueue<>(List.of("inputs", "put"));
      List<String> asked = new CopyOnWriteArrayList<>();
      bench.beforeAnswer(word -> {
        asked.add(word);
        if (late.remove(word)) {
          BundleFaultsIT.sleep(Duration.ofSeconds(3));
        }
      });
      succeeds(trial(), executor);
      assertThat(asked.stream().filter("inputs"::equals)).hasSizeGreaterThan(1);
      assertThat(asked.stream().filter("put"::equals)).hasSizeGreaterThan(1);
      assertThat(asked.stream().filter("claim"::equals)).hasSize(1);
    }
  }

  @Test
  void whatWasKilledInTheMiddleOfItsUploadIsBroughtHomeByTheNextCall() throws Exception {
    try (StoreBench bench = new StoreBench(folder, LONG);
        Executor executor = functions(bench)) {
      Semaphore once = new Semaphore(1);
      bench.beforeAnswer(word -> {
        if (word.equals("put") && once.tryAcquire()) {
          killAllBelow(folder);
        }
      });
      succeeds(trial(), executor);
      assertThat(once.availablePermits()).isZero();
    }
  }

  /** The processes of attempts there, as when a platform ends an instance. */
  private static void killAllBelow(Path folder) {
    String mark = "TWINFLOW_FOLDER=" + folder;
    ProcessHandle.allProcesses()
        .filter(process -> environment(process).contains(mark))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String environment(ProcessHandle of) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(of.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void oscarRunsThemWithoutAFolderToo() throws Exception {
    try (OscarStandIn oscar = new OscarStandIn();
        StoreBench bench = new StoreBench(folder, LONG);
        Executor executor = oscar(bench, oscar)) {
      assertThat(executor.check()).allMatch(f -> f.level() == Finding.Level.GOOD);
      succeeds(trial(), executor);
    }
  }

  @Test
  void aPodOfOscarThatIsKilledIsLostInOscarsWordsAndItsToolIsNotRunAgain() throws Exception {
    try (OscarStandIn oscar = new OscarStandIn();
        StoreBench bench = new StoreBench(folder, LONG);
        Executor executor = oscar(bench, oscar)) {
      Trial trial = trial();
      TaskSpec task = trial.task(executor, "sleep 600").build();
      BatchHandle handle = executor.submit(trial.batch(task));
      trial.until(executor, handle, Trial::runs);
      trial.untilToolRuns(task.attempt());
      oscar.killPods();
      assertThat(trial.end(executor, handle, task.attempt()))
          .isInstanceOfSatisfying(
              TaskState.Lost.class,
              lost ->
                  assertThat(lost.reason())
                      .contains("OSCAR's job")
                      .contains("the event has arrived"));
      assertThat(trial.runs(task.attempt())).isEqualTo(1);
      try (InputStream log = executor.log(task.attempt(), LogStream.STDERR)) {
        assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8))
            .contains("the event has arrived");
      }
    }
  }
}
