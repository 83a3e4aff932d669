package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.VersionInfo;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.SharedFolder;
import io.twinflow.executors.kubernetes.KubernetesOptions.Staged;
import io.twinflow.executors.kubernetes.KubernetesOptions.Volume;
import io.twinflow.executors.testing.MapPlace;
import io.twinflow.executors.testing.TaskBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which Jobs a scatter becomes, and how its pods know whose they are. */
class ScattersTest {

  private static final Path ROOT = Path.of("/data/runs");
  private static final SharedFolder SHARED = new SharedFolder(ROOT, ROOT, new Volume.Claim("data"));

  private static KubernetesOptions options(KubernetesOptions.Files files) {
    return KubernetesOptions.at(new Access.InCluster(), "twins", files);
  }

  private static Staged staged() {
    return new Staged(
        new Exchange(
            new MapPlace(),
            URI.create("http://engine.example.org/tickets/"),
            "nobody can guess this, can they?",
            key -> "runs/" + key.value()),
        null);
  }

  private static PodFiles files(KubernetesOptions options) {
    return options.files() instanceof SharedFolder shared
        ? new FolderPods(options, shared, ROOT.resolve("bundle.sh"))
        : Grounds.of(options, Clock.systemUTC()).pods();
  }

  private static Scatters scatters(KubernetesOptions options, BatchKey batch) {
    return new Scatters(new JobBody(options, Labels.of("x"), files(options), 1000), batch);
  }

  private static BatchKey batch(String run) {
    return new BatchKey("here", run, 1);
  }

  private static TaskBuilder builder(String run, int number) {
    AttemptKey attempt = new AttemptKey("here", run, number, 2);
    return new TaskBuilder(
        attempt,
        BundleFolder.of(ROOT, attempt).layout(),
        List.of("echo", Integer.toString(number)),
        ContainerSpec.pull("org/model:1", null));
  }

  private static List<TaskSpec> tasks(String run, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> builder(run, i).build()).toList();
  }

  private static List<Submission> folder(List<TaskSpec> tasks) throws Exception {
    return scatters(options(SHARED), batch("r1")).of(tasks);
  }

  @Test
  void aPodThatFailsIsTheEndOfItsIndexAloneAndStartsNoOther() throws Exception {
    Job job = folder(tasks("r1", 3)).getFirst().job();
    assertThat(job.getMetadata().getName()).isEqualTo("tf-here-r1-b1-0");
    assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
    assertThat(job.getSpec().getCompletions()).isEqualTo(3);
    assertThat(job.getSpec().getParallelism()).isEqualTo(3);
    assertThat(job.getSpec().getBackoffLimitPerIndex()).isZero();
    // Zero would end all others, and so would any number of failures that is reached.
    assertThat(job.getSpec().getBackoffLimit()).isNull();
    assertThat(job.getSpec().getMaxFailedIndexes()).isNull();
    assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(job.getMetadata().getLabels())
        .containsEntry("twinflow.io/run", "r1")
        .containsEntry(Labels.BATCH, "tf-here-r1-b1");
  }

  @Test
  void oneTaskIsNoScatter() throws Exception {
    Submission one = folder(tasks("r1", 1)).getFirst();
    assertThat(one.isIndexed()).isFalse();
    assertThat(one.name()).isEqualTo("tf-here-r1-1-2");
    assertThat(one.job().getSpec().getBackoffLimit()).isZero();
  }

  @Test
  void onlyTasksWhosePodsAreAlikeShareAJob() throws Exception {
    List<TaskSpec> tasks =
        Stream.concat(
                tasks("r1", 2).stream(),
                Stream.of(
                    builder("r1", 3).cores(2).build(),
                    builder("r1", 4).cores(2).build(),
                    builder("r1", 5).memoryMiB(99).build()))
            .toList();
    assertThat(folder(tasks))
        .extracting(Submission::name)
        .containsExactly("tf-here-r1-b1-0", "tf-here-r1-b1-1", "tf-here-r1-5-2");
    assertThat(folder(tasks).get(1).attempts())
        .containsExactly(tasks.get(2).attempt(), tasks.get(3).attempt());
  }

  /** Pods call themselves by the name of their Job and their index: a label of at most 63. */
  @Test
  void aNameThatWouldBeTooLongMeansAJobForEach() throws Exception {
    String run = "r".repeat(63 - "tf-here--b1-0-9".length());
    assertThat(scatters(options(SHARED), batch(run)).of(tasks(run, 10))).hasSize(1);
    assertThat(scatters(options(SHARED), batch(run)).of(tasks(run, 11))).hasSize(11);
  }

  @Test
  void whatIsWrittenDownIsReadAgainAndTellsPodsWhoseTheyAre() throws Exception {
    List<TaskSpec> tasks =
        Stream.concat(tasks("r1", 2).stream(), Stream.of(builder("r1", 3).cores(2).build()))
            .toList();
    List<Submission> all = folder(tasks);
    String text = JobLines.write(all, a -> BundleFolder.of(ROOT, a).path().toString());
    assertThat(text.lines())
        .contains(
            "tf-here-r1-b1-0 0 tf-here-r1-1-2 /data/runs/r1/work/1.2",
            "tf-here-r1-b1-0 1 tf-here-r1-2-2 /data/runs/r1/work/2.2");
    List<Submission> read = JobLines.read(text, "here");
    assertThat(read)
        .extracting(Submission::attempts)
        .isEqualTo(all.stream().map(Submission::attempts).toList());
    assertThat(JobLines.write(read, a -> BundleFolder.of(ROOT, a).path().toString()))
        .isEqualTo(text);
  }

  private static PodSpec staged(Staged files) throws Exception {
    PodTemplateSpec template =
        scatters(options(files), batch("r1"))
            .of(tasks("r1", 2))
            .getFirst()
            .job()
            .getSpec()
            .getTemplate();
    return template.getSpec();
  }

  @Test
  void aContainerSeesItsOwnTokenAndTheToolNone() throws Exception {
    Staged files = staged();
    PodSpec pod = staged(files);
    Container fetch = pod.getInitContainers().getFirst();
    assertThat(fetch.getVolumeMounts())
        .extracting(VolumeMount::getSubPathExpr)
        .contains("tf-here-r1-b1-0.$(JOB_COMPLETION_INDEX)");
    // The whole of the secret is mounted nowhere.
    assertThat(fetch.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("twinflow"))
        .allMatch(mount -> mount.getSubPath() != null || mount.getSubPathExpr() != null);
    assertThat(pod.getContainers())
        .filteredOn(one -> one.getName().equals("tool"))
        .singleElement()
        .satisfies(tool ->
            assertThat(tool.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/twinflow"));
    KubernetesOptions options = options(files);
    Map<String, String> texts =
        files(options)
            .secret(batch("r1"), scatters(options, batch("r1")).of(tasks("r1", 2)))
            .orElseThrow()
            .getStringData();
    assertThat(texts.get("tf-here-r1-b1-0.1"))
        .contains("TWINFLOW_FOLDER='/twinflow/r1/work/2.2'")
        .contains("/tf-here-r1-2-2'")
        .contains("TWINFLOW_SITE_ID='twins/tf-here-r1-b1-0-1'")
        .doesNotContain("tf-here-r1-1-2");
    assertThat(JobLines.write(scatters(options, batch("r1")).of(tasks("r1", 2)), a -> ""))
        .doesNotContain(texts.get("tf-here-r1-b1-0.1"));
  }

  @Test
  void indexesAreReadAsTheJobControllerWritesThem() {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName("j")
            .endMetadata()
            .withNewStatus()
            .withCompletedIndexes("0,3-5")
            .withFailedIndexes("7")
            .endStatus()
            .build();
    assertThat(JobView.of(job).over().stream()).containsExactly(0, 3, 4, 5, 7);
    assertThat(JobView.of(new JobBuilder(job).withStatus(null).build()).over().isEmpty()).isTrue();
  }

  @Test
  void aReleaseIsReadWhateverAProviderAddsToIt() {
    assertThat(Release.of(version("1", "33+")).isAtLeast(Release.INDEXED)).isTrue();
    assertThat(Release.of(version("2", "0")).isAtLeast(Release.INDEXED)).isTrue();
    assertThat(Release.of(version("1", "32")).isAtLeast(Release.INDEXED)).isFalse();
    assertThat(Release.of(version("", "")).isAtLeast(Release.INDEXED)).isFalse();
  }

  private static VersionInfo version(String major, String minor) {
    return new VersionInfo.Builder().withMajor(major).withMinor(minor).build();
  }
}
