package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.NeedsDocker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of tools in containers: a kill for memory, a failed pull, secrets. */
class ContainerRunIT {

  private static final String IMAGE = "debian:stable-slim";
  private static final String SECRET = "Hoopla-77-in-a-box";

  @TempDir private Path folder;

  @BeforeAll
  static void needsDocker() {
    NeedsDocker.withImage(IMAGE);
  }

  private CommandRun run(String... args) {
    return CommandRun.in(folder).call(args);
  }

  @Test
  void aToolKilledForMemoryIsToldWithTheNumbers() throws Exception {
    Tools.shell(
        folder.resolve("greedy.cwl"),
        "exec tail /dev/zero",
        """
        requirements:
          DockerRequirement: {dockerPull: "%s"}
          ResourceRequirement: {ramMin: 48}
        inputs: []
        outputs: []
        """
            .formatted(IMAGE));

    CommandRun run = run("run", "greedy.cwl");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("killed for memory", "48 MiB", "ramMin", "exit code 137");
  }

  @Test
  void aToolKilledForMemoryGetsMoreIfTheConfigurationSaysSo() throws Exception {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home/twinflow.yaml"), "sites:\n  local:\n    raise: {memory: 1G}\n");
    Tools.shell(
        folder.resolve("hungry.cwl"),
        """
        if [ $(runtime.ram) -lt 96 ]; then exec tail /dev/zero; fi
        echo "ran with $(runtime.ram)"
        """,
        """
        requirements:
          DockerRequirement: {dockerPull: "%s"}
          ResourceRequirement: {ramMin: 48}
        inputs: []
        stdout: said.txt
        outputs: {said: stdout}
        """
            .formatted(IMAGE));

    CommandRun run = run("run", "--outdir", "out", "hungry.cwl");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent("ran with 96");
    assertThat(run("show", "latest", "hungry").out())
        .contains("with 96 MiB of memory, as 48 MiB were too little");
  }

  @Test
  void aPullThatFailsSaysWhatWasTriedAndHowAHintRunsWithoutIt() throws Exception {
    Tools.shell(
        folder.resolve("hint.cwl"),
        "echo ran",
        "hints: {DockerRequirement: {dockerPull: \"127.0.0.1:9/no/such:1\"}}\n"
            + "inputs: []\n"
            + "outputs: []");

    CommandRun failed = run("run", "hint.cwl");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("127.0.0.1:9/no/such:1", "docker pull", "--container none");
    assertThat(run("run", "--container", "none", "hint.cwl").code()).isZero();
  }

  /**
   * Who may speak to docker's daemon is root, and may ask it for a running container's variables;
   * nobody else sees them, and nothing stays.
   */
  @Test
  void aSecretReachesTheToolAndNobodyElse() throws Exception {
    Tools.shell(
        folder.resolve("login.cwl"),
        "printenv LOGIN_KEY GOOGLE_KEY > said.txt; until test -e go; do sleep 0.1; done",
        """
        $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
        hints: {"cwltool:Secrets": {secrets: [password]}}
        requirements:
          DockerRequirement: {dockerPull: "%s"}
          EnvVarRequirement: {envDef: {LOGIN_KEY: $(inputs.password), GOOGLE_KEY: $(inputs.password)}}
        inputs: {password: string}
        outputs: {said: {type: File, outputBinding: {glob: said.txt}}}
        """
            .formatted(IMAGE));
    Files.writeString(folder.resolve("job.yml"), "password: " + SECRET + "\n");
    ChildTwinflow child =
        ChildTwinflow.start(folder, List.of(), "run", "--outdir", "out", "login.cwl", "job.yml");
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> said().isPresent() || !child.isAlive());
    assertThat(child.isAlive()).as(child.err()).isTrue();

    assertThat(commandLines()).contains(child.pid() + "").doesNotContain(SECRET);

    Files.createFile(said().orElseThrow().resolveSibling("go"));
    assertThat(child.await(60)).as(child.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent(SECRET + "\n" + SECRET + "\n");
    assertThat(child.out() + child.err()).doesNotContain(SECRET);
    assertThat(filesWithSecret()).allMatch(file -> file.endsWith("said.txt"));
    assertThat(output("docker", "ps", "--all", "--no-trunc")).doesNotContain("printenv LOGIN_KEY");
  }

  private Optional<Path> said() throws IOException {
    try (Stream<Path> found =
        Files.find(folder, 12, (path, a) -> path.endsWith("said.txt") && a.size() > 0)) {
      return found.findFirst();
    } catch (java.io.UncheckedIOException e) {
      // A folder went while it was looked at; the next look will tell.
      return Optional.empty();
    }
  }

  private List<Path> filesWithSecret() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> text(file).contains(SECRET))
          .toList();
    }
  }

  private static String commandLines() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        all.append(process.getFileName())
            .append(' ')
            .append(text(process.resolve("cmdline")))
            .append('\n');
      }
    }
    return all.toString();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
