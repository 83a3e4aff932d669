package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.kubernetes.KubernetesOptions.Offload;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume.Claim;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The controls of Kubernetes' pod security standard "restricted", those of "baseline" included, one
 * by one: no admission can be had for the cluster of the other tests.
 */
class RestrictedProfileTest {

  private static final Path ROOT = Path.of("/data/runs");
  private static final AttemptKey ATTEMPT = new AttemptKey("here", "r1", 7, 2);
  private static final BatchKey BATCH = new BatchKey("here", "r1", 1);

  /** All that a site's pods may be like. */
  enum Kind {
    FOLDER,
    STAGED,
    STAGED_BY_AN_IMAGE_OF_THE_SITE,
    OFFLOADED
  }

  private static PodOptions pods(@Nullable String stagingImage) {
    PodOptions p = PodOptions.PLAIN;
    return new PodOptions(
        "debian:stable-slim",
        stagingImage,
        p.gpu(),
        p.nodeSelector(),
        p.tolerations(),
        p.annotations(),
        p.pullSecrets(),
        p.priorityClass(),
        p.queue(),
        p.hostNetwork(),
        p.grace(),
        p.security());
  }

  private static Staged staged(@Nullable Offload offload) {
    return new Staged(
        new Exchange(
            new MapPlace(),
            URI.create("http://engine.example.org/tickets/"),
            "nobody can guess this, can they?",
            key -> "runs/" + key.value()),
        offload);
  }

  private static KubernetesOptions options(Kind kind) {
    SharedFolder folder = new SharedFolder(ROOT, Path.of("/data"), new Claim("data"));
    KubernetesOptions.Files files =
        switch (kind) {
          case FOLDER -> folder;
          case STAGED, STAGED_BY_AN_IMAGE_OF_THE_SITE -> staged(null);
          case OFFLOADED -> staged(new Offload(null, null, Duration.ofHours(1)));
        };
    return KubernetesOptions.at(new Access.InCluster(), "twins", files)
        .withPods(pods(kind == Kind.STAGED_BY_AN_IMAGE_OF_THE_SITE ? "staging:1" : null));
  }

  private static PodFiles files(KubernetesOptions options) {
    return options.files() instanceof SharedFolder shared
        ? new FolderPods(options, shared, ROOT.resolve("bundle.sh"))
        : Grounds.of(options, Clock.systemUTC()).pods();
  }

  /** Of a Job of its own, and of an indexed one. */
  private static List<PodSpec> specs(Kind kind) throws Exception {
    KubernetesOptions options = options(kind);
    PodFiles files = files(options);
    long user = kind == Kind.FOLDER ? 1000 : files.user();
    JobBody body = new JobBody(options, Labels.of("x"), files, user);
    TaskSpec task =
        new TaskBuilder(
                ATTEMPT,
                new io.twinflow.executors.api.Layout("/o", "/t", "/i"),
                List.of("true"),
                ContainerSpec.pull("org/model:1", null))
            .build();
    PodSpec own = body.of(BATCH, task).getSpec().getTemplate().getSpec();
    if (!files.knowIndexes()) {
      return List.of(own);
    }
    PodTemplateSpec shared = body.template(BATCH, new Whose.ByIndex("tf-here-r1-b1-0"), task);
    return List.of(own, shared.getSpec());
  }

  private static List<Container> containers(PodSpec pod) {
    return Stream.concat(
            pod.getInitContainers() == null ? Stream.of() : pod.getInitContainers().stream(),
            pod.getContainers().stream())
        .toList();
  }

  private interface Check<T> {
    void of(T one);
  }

  private static void eachPod(Kind kind, Check<PodSpec> check) throws Exception {
    assertThat(specs(kind)).isNotEmpty().allSatisfy(check::of);
  }

  private static void eachContainer(Kind kind, Check<SecurityContext> check) throws Exception {
    eachPod(
        kind,
        pod ->
            assertThat(containers(pod))
                .isNotEmpty()
                .allSatisfy(one -> check.of(one.getSecurityContext())));
  }

  @ParameterizedTest
  @EnumSource
  void hostProcess(Kind kind) throws Exception {
    eachPod(kind, pod -> assertThat(pod.getSecurityContext().getWindowsOptions()).isNull());
    eachContainer(kind, c -> assertThat(c.getWindowsOptions()).isNull());
  }

  @ParameterizedTest
  @EnumSource
  void hostNamespaces(Kind kind) throws Exception {
    eachPod(
        kind,
        pod ->
            assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
                .allMatch(flag -> flag == null || !flag));
  }

  @ParameterizedTest
  @EnumSource
  void privilegedContainers(Kind kind) throws Exception {
    eachContainer(kind, c -> assertThat(c.getPrivileged()).isNotEqualTo(true));
  }

  @ParameterizedTest
  @EnumSource
  void capabilities(Kind kind) throws Exception {
    eachContainer(
        kind,
        c -> {
          Capabilities all = c.getCapabilities();
          assertThat(all.getDrop()).containsExactly("ALL");
          assertThat(all.getAdd()).isNullOrEmpty();
        });
  }

  private static boolean isHarmless(Volume volume) {
    return Stream.of(
            volume.getConfigMap(),
            volume.getCsi(),
            volume.getDownwardAPI(),
            volume.getEmptyDir(),
            volume.getEphemeral(),
            volume.getPersistentVolumeClaim(),
            volume.getProjected(),
            volume.getSecret())
        .anyMatch(source -> source != null);
  }

  @ParameterizedTest
  @EnumSource
  void hostPathVolumesAndVolumeTypes(Kind kind) throws Exception {
    eachPod(
        kind,
        pod ->
            assertThat(pod.getVolumes())
                .isNotEmpty()
                .allMatch(RestrictedProfileTest::isHarmless)
                .allMatch(volume -> volume.getHostPath() == null));
  }

  @ParameterizedTest
  @EnumSource
  void hostPorts(Kind kind) throws Exception {
    eachPod(
        kind,
        pod ->
            assertThat(containers(pod)).allSatisfy(c -> assertThat(c.getPorts()).isNullOrEmpty()));
  }

  @ParameterizedTest
  @EnumSource
  void hostProbesAndLifecycleHooks(Kind kind) throws Exception {
    eachPod(
        kind,
        pod ->
            assertThat(containers(pod))
                .allSatisfy(c -> {
                  assertThat(c.getLivenessProbe()).isNull();
                  assertThat(c.getReadinessProbe()).isNull();
                  assertThat(c.getStartupProbe()).isNull();
                  if (c.getLifecycle() != null) {
                    assertThat(c.getLifecycle().getPostStart()).isNull();
                    assertThat(c.getLifecycle().getPreStop().getHttpGet()).isNull();
                    assertThat(c.getLifecycle().getPreStop().getTcpSocket()).isNull();
                  }
                }));
  }

  @ParameterizedTest
  @EnumSource
  void appArmorSeLinuxProcMountsAndSysctls(Kind kind) throws Exception {
    eachPod(
        kind,
        pod -> {
          PodSecurityContext context = pod.getSecurityContext();
          assertThat(context.getAppArmorProfile()).isNull();
          assertThat(context.getSeLinuxOptions()).isNull();
          assertThat(context.getSysctls()).isNullOrEmpty();
        });
    eachContainer(
        kind,
        c -> {
          assertThat(c.getAppArmorProfile()).isNull();
          assertThat(c.getSeLinuxOptions()).isNull();
          assertThat(c.getProcMount()).isNull();
        });
  }

  @ParameterizedTest
  @EnumSource
  void seccomp(Kind kind) throws Exception {
    eachPod(
        kind,
        pod ->
            assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault"));
    eachContainer(kind, c -> assertThat(c.getSeccompProfile()).isNull());
  }

  @ParameterizedTest
  @EnumSource
  void privilegeEscalation(Kind kind) throws Exception {
    eachContainer(kind, c -> assertThat(c.getAllowPrivilegeEscalation()).isFalse());
  }

  @ParameterizedTest
  @EnumSource
  void runningAsNonRoot(Kind kind) throws Exception {
    eachPod(
        kind,
        pod -> {
          assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
          assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        });
    eachContainer(
        kind,
        c -> {
          assertThat(c.getRunAsNonRoot()).isNull();
          assertThat(c.getRunAsUser()).isNull();
        });
  }
}
