package io.twinflow.engine.stores.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.stores.s3.Gateway;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What concerns jobs of Slurm that share no folder with the engine alone. */
@Timeout(240)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_SLURM_URL", matches = ".+")
class StagedSlurmIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path disk;
  private final String run = "r" + Long.toString(System.nanoTime(), 36);
  private final Map<AttemptKey, TaskState> states = new HashMap<>();
  private SlurmBench bench;

  @BeforeEach
  void build() throws Exception {
    bench = new SlurmBench(Gateway.site());
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
  }

  private AttemptKey key(int task) {
    return new AttemptKey(ExchangeBench.INSTALLATION, run, task, 1);
  }

  private TaskBuilder task(Executor executor, int number, String script) {
    return new TaskBuilder(
        key(number), executor.layout(key(number), false), List.of("sh", "-c", script), null);
  }

  private BatchHandle submit(Executor executor, List<TaskSpec> tasks) throws Exception {
    return executor.submit(new Batch(new BatchKey(ExchangeBench.INSTALLATION, run, 1), tasks));
  }

  private TaskState awaitState(
      Executor executor, BatchHandle handle, AttemptKey key, Class<? extends TaskState> wanted) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          for (Observation o : executor.observe(List.of(handle), Duration.ofMillis(200))) {
            states.put(o.attempt(), o.state());
          }
          return wanted.isInstance(states.get(key)) || states.get(key) instanceof TaskState.Ended;
        });
    return states.get(key);
  }

  private Outcome outcome(Executor executor, BatchHandle handle, AttemptKey key) {
    TaskState end = awaitState(executor, handle, key, TaskState.Ended.class);
    return ((TaskState.Ended) end).result().outcome();
  }

  private static String said(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static String processes() throws Exception {
    return said("ps", "-A", "-o", "args");
  }

  /** Everybody may look at jobs, and at the arguments of their programs. */
  @Test
  void nothingThatOthersCanReadHoldsAToken() throws Exception {
    RemoteTasks tasks =
        RemoteTasks.of(
            bench.exchange().exchange(),
            "hpc",
            Path.of("/tmp/twinflow"),
            new Containers.OfScript(null));
    try (Executor executor = bench.open(Map.of())) {
      List<TaskSpec> two = new ArrayList<>();
      for (int i = 1; i <= 2; i++) {
        two.add(task(executor, i, "sleep 300").build());
      }
      BatchHandle handle = submit(executor, two);
      try {
        // Slurm calls a job running before it has fetched its tool
        await().atMost(PATIENCE).until(() -> processes().contains("sleep 300"));
        String script = said("scontrol", "write", "batch_script", handle.siteId() + "_0", "-");
        assertThat(script).startsWith("#!/bin/sh").contains("TWINFLOW_TICKET");
        String job = said("scontrol", "show", "job", "--details", handle.siteId());
        assertThat(job).contains("JobName=" + handle.key().value());
        for (int i = 1; i <= 2; i++) {
          assertThat(script + job + processes()).doesNotContain(tasks.token(key(i)));
        }
      } finally {
        executor.cancel(handle.attempts()); // or the tests after it find no free processor
      }
      assertThat(outcome(executor, handle, key(1)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.CANCELLED));
    }
  }

  @Test
  void severalProcessesNeedAFolderThatAllNodesSee() throws Exception {
    TaskBuilder task;
    try (Executor executor = bench.open(Map.of())) {
      task = task(executor, 1, "echo $SLURM_NTASKS").processes(2);
      BatchHandle handle = submit(executor, List.of(task.build()));
      assertThat(outcome(executor, handle, key(1)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.USER);
                assertThat(failed.reason())
                    .contains("needs 2 processes", "site hpc", "set scratch to one");
              });
    }
  }

  @Test
  void whereAllNodesSeeTheirFoldersAToolKnowsWhatSlurmGaveIt() throws Exception {
    try (Executor executor =
        bench.open(Map.of("scratch", ExchangeBench.text(disk.resolve("all nodes").toString())))) {
      TaskSpec task = task(executor, 1, "echo $SLURM_NTASKS").processes(2).build();
      BatchHandle handle = submit(executor, List.of(task));
      assertThat(outcome(executor, handle, key(1))).isEqualTo(new Outcome.Exited(0));
      try (InputStream log = executor.log(key(1), LogStream.STDOUT)) {
        assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("2\n");
      }
      await().atMost(PATIENCE).until(() -> isEmpty(disk.resolve("all nodes")));
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findAny().isEmpty();
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "CONTAINERS_STORAGE_CONF", matches = ".+")
  void aToolInAContainerGetsItsInputsAndWhatItMadeIsFound() throws Exception {
    Path input = Files.writeString(disk.resolve("gauge 1.txt"), "17\n");
    try (Executor executor = bench.open(SlurmBench.podman())) {
      AttemptKey key = key(1);
      ContainerSpec image = ContainerSpec.pull(SlurmBench.IMAGE, null);
      String script =
          """
          [ "$(pwd)" = /var/spool/twinflow ] || exit 3
          cat "$0" "$SECRET" beside/gauge.txt >made
          ln -s "$PWD/made" absolute
          ln -s made relative
          ln -s "$0" input
          """;
      TaskBuilder task =
          new TaskBuilder(
              key,
              executor.layout(key, true),
              List.of("sh", "-c", script, "/var/lib/twinflow/inputs/gauge 1.txt"),
              image);
      task.link(input, "gauge 1.txt")
          .environment("SECRET", "/var/spool/twinflow/secret")
          .stage(new Staging.WriteText("quiet\n", task.layout().outdir() + "/secret", false, true))
          .stage(
              new Staging.Link(input.toUri(), task.layout().outdir() + "/beside/gauge.txt", false));
      TaskSpec spec = task.build();
      BatchHandle handle = submit(executor, List.of(spec));
      assertThat(outcome(executor, handle, key)).isEqualTo(new Outcome.Exited(0));
      OutputFolder outputs = executor.outputs(spec);
      for (String made : List.of("made", "absolute", "relative")) {
        assertThat(Attempt.text(outputs, made)).as(made).isEqualTo("17\nquiet\n17\n");
      }
      for (String staged : List.of("input", "beside/gauge.txt")) {
        assertThat(outputs.find(staged).orElseThrow().location())
            .as(staged)
            .isEqualTo(input.toUri().toString());
      }
    }
  }
}
