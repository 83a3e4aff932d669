package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What this client costs beside what the API server can do, in one run on one machine: a bare loop
 * of the same library and the executor create the same Jobs, in turn. No node takes their pods:
 * what those do is nothing to their creation. Written into {@code docs/figures/kubernetes.md}.
 */
@Tag("long")
@Timeout(900)
@Isolated("counts what is created in a second")
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class KubernetesFiguresIT {

  private static final int JOBS = 300;
  private static final int ROUNDS = 3;
  private static final Map<String, String> NOWHERE = Map.of("twinflow", "nowhere");

  @TempDir private Path root;
  private final String run = "g" + Long.toString(System.nanoTime(), 36);
  private long tasks;

  private KubernetesOptions options() {
    return RealCluster.options(root.resolve("shared"))
        .withPods(RealCluster.pods().withNodeSelector(NOWHERE));
  }

  private Batch batch(KubernetesExecutor executor, int number) {
    List<TaskSpec> specs =
        IntStream.range(0, JOBS)
            .mapToObj(i -> {
              AttemptKey key = new AttemptKey("figures", run, ++tasks, 1);
              return new TaskBuilder(
                      key,
                      executor.layout(key, true),
                      List.of("true"),
                      ContainerSpec.pull(RealCluster.image(), null))
                  .build();
            })
            .toList();
    return new Batch(new BatchKey("figures", run, number), specs);
  }

  private static double rate(long since) {
    return JOBS / ((System.nanoTime() - since) / 1e9);
  }

  /** The Jobs that the executor made, once more under other names. */
  private double bare(KubernetesClient client, List<Job> like, int round) {
    List<Job> jobs =
        like.stream()
            .map(job ->
                new JobBuilder(job)
                    .editMetadata()
                    .withName("bare-" + round + "-" + job.getMetadata().getName())
                    .endMetadata()
                    .build())
            .toList();
    long begin = System.nanoTime();
    for (Job job : jobs) {
      client.batch().v1().jobs().resource(job).create();
    }
    return rate(begin);
  }

  private static List<Job> created(Path folder, BatchKey batch) throws IOException {
    return BatchFile.of(folder, batch).read(batch).stream().map(Submission::job).toList();
  }

  private static double middle(List<Double> rates) {
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }

  @Test
  void aSubmissionCostsNoMoreThanABareLoopOfCreations() throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    Path folder = RealCluster.root(root.resolve("shared"));
    try (KubernetesExecutor executor = new KubernetesExecutor(options());
        KubernetesClient client = RealCluster.administrator()) {
      for (int round = 1; round <= ROUNDS; round++) {
        Batch batch = batch(executor, round);
        long begin = System.nanoTime();
        BatchHandle handle = executor.submit(batch);
        ours.add(rate(begin));
        assertThat(handle.attempts()).hasSize(JOBS);
        bare.add(bare(client, created(folder, batch.key()), round));
        executor.cancel(handle.attempts());
      }
    } finally {
      RealCluster.deleteJobs(folder);
    }
    write(middle(ours), middle(bare));
    assertThat(middle(ours)).isGreaterThan(middle(bare) * 0.9);
  }

  private static void write(double ours, double bare) throws Exception {
    String folder = System.getenv("TWINFLOW_FIGURES");
    if (folder != null) {
      Files.writeString(
          Path.of(folder, "kubernetes.md"),
          String.format(
              Locale.ROOT,
              """
              # Jobs on Kubernetes

              Written by `KubernetesFiguresIT` on %s, with %d processors: one API server (1.20) and etcd on the same machine, Jobs whose pods
              no node takes, %d at a time, the middle of %d rounds.

              | | Jobs/s |
              |---|---|
              | a loop of creations, one after the other, by the same library | %.0f |
              | a batch handed to the executor: folders and scripts written, Jobs created %d at once | %.0f |

              Whatever the number of Jobs, a site has three watches open and asks nothing else about them.
              """,
              LocalDate.now(ZoneOffset.UTC),
              Runtime.getRuntime().availableProcessors(),
              JOBS,
              ROUNDS,
              bare,
              16,
              ours));
    }
  }
}
