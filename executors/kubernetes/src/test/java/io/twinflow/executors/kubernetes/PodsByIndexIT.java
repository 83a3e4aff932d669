package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Pods of indexed Jobs on a real node, which learn by their index whose they are. The cluster's Job
 * controller is too old to make them: the test does so as it would.
 */
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class PodsByIndexIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String INDEX = "JOB_COMPLETION_INDEX";

  @TempDir private Path root;
  private final BatchKey batch =
      new BatchKey("byindex", "i" + Long.toString(System.nanoTime(), 36), 1);
  private final KubernetesClient client = RealCluster.administrator();

  @AfterEach
  void delete() {
    client.pods().withLabel(Labels.BATCH, batch.value()).withGracePeriod(0).delete();
    client.secrets().withLabel(Labels.BATCH, batch.value()).delete();
    client.close();
  }

  /** As the Job controller does, which tells the index by an annotation. */
  private void makePods(Job job) {
    PodTemplateSpec template = job.getSpec().getTemplate();
    for (int index = 0; index < job.getSpec().getCompletions(); index++) {
      PodBuilder pod =
          new PodBuilder()
              .withNewMetadataLike(template.getMetadata())
              .withName(job.getMetadata().getName() + "-" + index + "-abcde")
              .withNamespace(RealCluster.NAMESPACE)
              .addToAnnotations(Slot.INDEX, Integer.toString(index))
              .endMetadata()
              .withSpec(template.getSpec());
      pod.editSpec()
          .withInitContainers(
              template.getSpec().getInitContainers().stream()
                  .map(one -> told(new ContainerBuilder(one)))
                  .toList())
          .withContainers(
              template.getSpec().getContainers().stream()
                  .map(one -> told(new ContainerBuilder(one)))
                  .toList())
          .endSpec();
      client.pods().resource(pod.build()).create();
    }
  }

  private static io.fabric8.kubernetes.api.model.Container told(ContainerBuilder container) {
    return container
        .addNewEnv()
        .withName(INDEX)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['%s']".formatted(Slot.INDEX))
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .build();
  }

  private List<Pod> awaitPods() {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> client.pods().withLabel(Labels.BATCH, batch.value()).list().getItems(),
            pods ->
                pods.stream()
                    .allMatch(pod ->
                        List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase())));
  }

  private Submission indexed(KubernetesOptions options, Ground ground, List<TaskSpec> tasks)
      throws Exception {
    List<Submission> all =
        new Scatters(new JobBody(options, ground.labels(), ground.pods(), 0), batch).of(tasks);
    assertThat(all).hasSize(1).allMatch(Submission::isIndexed);
    return all.getFirst();
  }

  @Test
  void podsOnASharedFolderRunTheirOwnAttempts() throws Exception {
    KubernetesOptions options = RealCluster.options(root.resolve("shared"));
    Ground ground = new FolderGround(options, (SharedFolder) options.files());
    List<TaskSpec> tasks =
        IntStream.rangeClosed(5, 7)
            .mapToObj(i -> {
              AttemptKey key = new AttemptKey(batch.installation(), batch.run(), i, 1);
              String effect = root.resolve("effect-" + i).toString();
              return new TaskBuilder(
                      key,
                      ground.attempts().layout(key, false),
                      List.of(
                          "sh",
                          "-c",
                          "echo \"ran${%s-}\" >> %s; exit %d".formatted(INDEX, effect, i)),
                      ContainerSpec.pull(RealCluster.image(), null))
                  .build();
            })
            .toList();
    for (TaskSpec task : tasks) {
      ground.attempts().write(task);
    }
    Submission all = indexed(options, ground, tasks);
    ground.note(batch, List.of(all));
    makePods(all.job());
    assertThat(awaitPods()).hasSize(3);
    Map<AttemptKey, TaskResult> results = ground.results(all.attempts(), Instant.now());
    for (int i = 0; i < 3; i++) {
      TaskResult result = results.get(all.attempts().get(i));
      assertThat(result.outcome()).isEqualTo(new Outcome.Exited(5 + i));
      assertThat(result.siteId()).isEqualTo("twinflow/" + all.name() + "-" + i);
      assertThat(root.resolve("effect-" + (5 + i))).hasContent("ran\n");
    }
  }

  /** Says what it was told, and in the folder leaves a script that does so too. */
  private static final String SCRIPT =
      """
      mkdir -p "$TWINFLOW_FOLDER"
      case $1 in
        fetch)
          printf '%s\\n' "$TWINFLOW_SITE_ID $TWINFLOW_TOKEN" >"$TWINFLOW_FOLDER/told"
          printf '%s\\n' 'echo "$1 $2 ${JOB_COMPLETION_INDEX-}" >"$1/ran"; : >"$1/record"' >"$TWINFLOW_FOLDER/bundle.sh"
          ;;
        send)
          until [ -e "$TWINFLOW_FOLDER/record" ]; do sleep 0.1; done
          cat "$TWINFLOW_FOLDER/told" "$TWINFLOW_FOLDER/ran"
          ;;
      esac
      """;

  @Test
  void podsWithoutAFolderKnowTheirOwnTokensAndFolders() throws Exception {
    Exchange exchange =
        new Exchange(
            new MapPlace(),
            URI.create("http://engine.example.org/tickets/"),
            "nobody can guess this, can they?",
            key -> "runs/" + key.value());
    KubernetesOptions options =
        KubernetesOptions.at(
                RealCluster.options(root).access(),
                RealCluster.NAMESPACE,
                new Staged(exchange, null))
            .withPods(RealCluster.pods());
    Ground ground = Grounds.of(options, Clock.systemUTC());
    List<TaskSpec> tasks =
        IntStream.rangeClosed(5, 6)
            .mapToObj(i -> {
              AttemptKey key = new AttemptKey(batch.installation(), batch.run(), i, 1);
              return new TaskBuilder(
                      key,
                      ground.attempts().layout(key, false),
                      List.of("true"),
                      ContainerSpec.pull(RealCluster.image(), null))
                  .build();
            })
            .toList();
    Submission all = indexed(options, ground, tasks);
    Secret secret = ground.pods().secret(batch, List.of(all)).orElseThrow();
    client
        .secrets()
        .resource(new SecretBuilder(secret).addToStringData("script", SCRIPT).build())
        .create();
    makePods(all.job());
    assertThat(awaitPods())
        .hasSize(2)
        .allMatch(pod -> pod.getStatus().getPhase().equals("Succeeded"));
    for (int i = 0; i < 2; i++) {
      String own = secret.getStringData().get(all.name() + "." + i);
      String token = own.replaceAll("(?s).*TWINFLOW_TOKEN='([^']*)'.*", "$1");
      String id = "twinflow/" + all.name() + "-" + i;
      String folder = "/twinflow/%s/work/%d.1".formatted(batch.run(), 5 + i);
      assertThat(
              client.pods().withName(all.name() + "-" + i + "-abcde").inContainer("send").getLog())
          .isEqualTo("%s %s\n%s %s \n".formatted(id, token, folder, id));
    }
  }
}
