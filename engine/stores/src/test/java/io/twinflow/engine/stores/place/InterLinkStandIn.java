package io.twinflow.engine.stores.place;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.twinflow.executors.api.files.FolderTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for interLink, written from what is known of it: a node of a real Kubernetes with its
 * taint, which knows images, commands, environments, annotations and secrets alone, and makes
 * processes of this machine out of pods instead of Slurm's jobs. It tells of phases and of no
 * containers, some time after they change.
 */
final class InterLinkStandIn implements AutoCloseable {

  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(new File(System.getenv("TWINFLOW_KUBECONFIG_ADMIN"))))
          .build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> looks;
  private final Map<String, Process> jobs = new ConcurrentHashMap<>();
  private final List<Pod> seen = new ArrayList<>();
  private final Path disk;
  private final String name = "interlink-" + Long.toString(System.nanoTime(), 36);

  InterLinkStandIn(Path disk) {
    this.disk = disk;
    client.nodes().resource(node()).create();
    beat();
    this.looks = clock.scheduleWithFixedDelay(this::look, 0, 500, TimeUnit.MILLISECONDS);
  }

  String name() {
    return name;
  }

  /** The first that came. */
  synchronized Pod pod() {
    return seen.getFirst();
  }

  private Node node() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .addToLabels("type", "virtual-kubelet")
        .endMetadata()
        .withNewSpec()
        .addNewTaint()
        .withKey("virtual-node.interlink/no-schedule")
        .withEffect("NoSchedule")
        .endTaint()
        .endSpec()
        .build();
  }

  private void look() {
    try {
      beat();
      for (Pod pod : client.pods().withField("spec.nodeName", name).list().getItems()) {
        look(pod);
      }
    } catch (KubernetesClientException | IOException e) {
      System.getLogger(InterLinkStandIn.class.getName())
          .log(System.Logger.Level.WARNING, "the stand-in looks again", e);
    }
  }

  private void beat() {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Quantity> size =
        Map.of("cpu", new Quantity("8"), "memory", new Quantity("8Gi"), "pods", new Quantity("9"));
    client
        .nodes()
        .withName(name)
        .editStatus(node ->
            new NodeBuilder(node)
                .withNewStatus()
                .withCapacity(size)
                .withAllocatable(size)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("StandIn")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build());
  }

  private synchronized void look(Pod pod) throws IOException {
    String uid = pod.getMetadata().getUid();
    Process job = jobs.get(uid);
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (job != null) {
        job.descendants().forEach(ProcessHandle::destroy);
        job.destroy();
      }
      if (job == null || !job.isAlive()) {
        client.pods().withName(pod.getMetadata().getName()).withGracePeriod(0).delete();
      }
    } else if (job == null) {
      seen.add(pod);
      jobs.put(uid, start(pod));
    } else {
      tell(pod, job.isAlive() ? "Running" : job.exitValue() == 0 ? "Succeeded" : "Failed");
    }
  }

  private void tell(Pod pod, String phase) {
    if (phase.equals(pod.getStatus().getPhase())) {
      return;
    }
    client
        .pods()
        .withName(pod.getMetadata().getName())
        .editStatus(
            known -> new PodBuilder(known).editStatus().withPhase(phase).endStatus().build());
  }

  /** Secrets are there with all that is in them, whatever a pod says of their parts. */
  private Process start(Pod pod) throws IOException {
    Container container = pod.getSpec().getContainers().getFirst();
    Path folder = Files.createDirectories(disk.resolve(pod.getMetadata().getName()));
    for (Volume volume : pod.getSpec().getVolumes()) {
      Secret secret = client.secrets().withName(volume.getSecret().getSecretName()).get();
      for (Map.Entry<String, String> one : secret.getData().entrySet()) {
        Files.write(folder.resolve(one.getKey()), Base64.getDecoder().decode(one.getValue()));
      }
    }
    String mount = container.getVolumeMounts().getFirst().getMountPath();
    ProcessBuilder job =
        new ProcessBuilder(
            container.getCommand().stream()
                .map(word -> word.replace(mount, folder.toString()))
                .toList());
    job.environment().keySet().retainAll(List.of("PATH"));
    container.getEnv().forEach(env -> job.environment().put(env.getName(), env.getValue()));
    return job.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private static String folder(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getEnv().stream()
        .filter(env -> env.getName().equals("TWINFLOW_FOLDER"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /** What the jobs said. */
  String log() {
    StringBuilder text = new StringBuilder();
    try (var logs = Files.walk(disk)) {
      for (Path log : logs.filter(file -> file.endsWith("log")).toList()) {
        text.append(Files.readString(log, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  @Override
  public void close() {
    looks.cancel(true);
    clock.shutdownNow();
    for (Process job : jobs.values()) {
      job.descendants().forEach(ProcessHandle::destroyForcibly);
      job.destroyForcibly();
    }
    for (Pod pod : client.pods().withField("spec.nodeName", name).list().getItems()) {
      client.pods().withName(pod.getMetadata().getName()).withGracePeriod(0).delete();
    }
    client.nodes().withName(name).delete();
    client.close();
    for (Pod pod : seen) {
      // What a pod's script makes folders in: three above that of an attempt.
      Path made = Path.of(folder(pod)).getParent().getParent().getParent();
      try {
        FolderTree.delete(made);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
