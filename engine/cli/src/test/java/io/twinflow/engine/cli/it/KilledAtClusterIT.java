package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The command is killed when the cluster has its Job, and before it knows. */
@Timeout(240)
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KUBECONFIG", matches = ".+")
class KilledAtClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern SERVER = Pattern.compile("https://127\\.0\\.0\\.1:([0-9]+)");

  @TempDir private Path folder;

  private void configure(Path kubeconfig) throws IOException {
    Files.createDirectories(ChildTwinflow.home(folder));
    Files.writeString(
        ChildTwinflow.home(folder).resolve("twinflow.yaml"),
        """
        sites:
          cluster:
            type: kubernetes
            kubeconfig: %s
            namespace: twinflow
            folder: %s
            mount: %s
            pods: {image: "%s", hostNetwork: true, restricted: false}
        """
            .formatted(
                kubeconfig,
                folder.resolve("shared"),
                folder,
                System.getenv("TWINFLOW_KUBERNETES_IMAGE")));
  }

  /** Of the one run; empty as long as there is none. */
  private Optional<Path> journal() throws IOException {
    try (Stream<Path> all = Files.walk(ChildTwinflow.home(folder))) {
      return all.filter(path -> path.endsWith("journal")).findFirst();
    }
  }

  private String journaled() throws IOException {
    return Files.readString(journal().orElseThrow(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the cluster has the run's Job. */
  private boolean isThere() throws Exception {
    Optional<Path> journal = journal();
    if (journal.isEmpty()) {
      return false;
    }
    String run = journal.get().resolveSibling("").getFileName().toString();
    return jobs().stream().anyMatch(job -> job.contains(run));
  }

  private static List<String> jobs() throws Exception {
    Process process =
        new ProcessBuilder(
                "kubectl",
                "--kubeconfig",
                System.getenv("TWINFLOW_KUBECONFIG"),
                "--namespace",
                "twinflow",
                "get",
                "jobs",
                "--output=name")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void theJobWhoseAnswerNobodyHeardIsFoundAndRunsItsToolOnce() throws Exception {
    Path real = Path.of(System.getenv("TWINFLOW_KUBECONFIG"));
    Matcher server = SERVER.matcher(Files.readString(real));
    assertThat(server.find()).isTrue();
    Tools.shell(
        folder.resolve("t.cwl"),
        "echo ran >>\"$0/runs\"",
        "inputs: {folder: {type: string, inputBinding: {position: 1}}}\noutputs: []\n");
    try (AnswerGate gate = new AnswerGate(Integer.parseInt(server.group(1)))) {
      URI held = URI.create("https://127.0.0.1:" + gate.port());
      configure(
          Files.writeString(
              folder.resolve("held.conf"),
              SERVER.matcher(Files.readString(real)).replaceAll(held.toString())));
      ChildTwinflow child =
          ChildTwinflow.start(
              folder,
              List.of(),
              "run",
              "--site",
              "cluster",
              "t.cwl",
              "--folder",
              folder.toString());
      try {
        await()
            .atMost(PATIENCE)
            .failFast(() -> assertThat(child.isAlive()).isTrue())
            .until(() -> gate.holdAfter(this::isThere));
        assertThat(journaled())
            .contains("SubmissionIntended")
            .doesNotContain("SubmissionConfirmed");
      } finally {
        child.killAtOnce();
      }
    }
    configure(real);
    CommandRun resumed = CommandRun.in(folder).call("resume", "latest");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("runs")).hasContent("ran\n");
    assertThat(journaled()).containsOnlyOnce("SubmissionIntended");
    await().atMost(PATIENCE).until(() -> !isThere());
  }
}
