package io.twinflow.executors.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.executors.testing.TaskBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The script itself, in the shells that sites and images have. */
@Timeout(60)
class BundleIT {

  private static final Containers HERE = new Containers.OfScript(null);

  enum Shell {
    /** Of this machine, with its tools. */
    SYSTEM,
    /** Busybox, and no other tool. */
    BUSYBOX
  }

  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  @TempDir private Path root;
  private AttemptKey key;
  private BundleFolder folder;

  @BeforeEach
  void name() {
    key = new AttemptKey("bundle", "r" + Long.toString(System.nanoTime(), 36), 1, 1);
    folder = BundleFolder.of(root.resolve("shared"), key);
  }

  @AfterEach
  void removeTools() throws IOException {
    FolderTree.delete(root.resolve("bin"));
  }

  private TaskBuilder task(String script) {
    return new TaskBuilder(key, folder.layout(), List.of("sh", "-c", script), null);
  }

  private Process start(Shell shell) throws IOException {
    return start(shell, "exec \"$0\" \"$@\"");
  }

  /**
   * @param how the words of a shell that becomes the bundle's
   */
  private Process start(Shell shell, String how) throws IOException {
    List<String> command = new ArrayList<>();
    ProcessBuilder builder = new ProcessBuilder();
    if (shell == Shell.BUSYBOX) {
      Assumptions.assumeTrue(Files.exists(BUSYBOX), "busybox is not installed");
      Path bin = root.resolve("bin");
      if (!Files.exists(bin)) {
        Files.createDirectory(bin);
        output(BUSYBOX.toString(), "--install", "-s", bin.toString());
      }
      builder.environment().put("PATH", bin.toString());
      command.add(bin.resolve("sh").toString());
    } else {
      command.add("sh");
    }
    command.addAll(List.of("-c", how, command.getFirst()));
    new FolderAttempts(root.resolve("shared"), HERE).ready();
    command.add(Bundle.script(root.resolve("shared")).toString());
    command.add(folder.path().toString());
    command.add("4711");
    return builder.command(command).redirectErrorStream(true).start();
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private TaskResult run(Shell shell, TaskBuilder task) throws Exception {
    Bundle.write(task.build(), folder, HERE);
    Process process = start(shell);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return ResultRecord.read(folder, Instant.EPOCH)
        .orElseThrow(() -> new AssertionError("no record; it said: " + said));
  }

  private static Outcome.Failed failed(TaskResult result) {
    assertThat(result.outcome()).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) result.outcome();
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void runsATaskAndWritesDownHowItEnded(Shell shell) throws Exception {
    Path input = Files.writeString(root.resolve("in put.txt"), "from far\n");
    Files.createDirectories(root.resolve("tree"));
    Files.writeString(root.resolve("tree/leaf"), "leaf\n");
    TaskBuilder task =
        task("cat \"$IN\" secret tree/leaf - && echo $ODD >&2 && echo more >> tree/leaf; exit 3")
            .link(input, "a'b")
            .stdout("all/out")
            .environment("IN", folder.layout().inputs() + "/a'b")
            .environment("ODD", "o'd d")
            .environment("PATH", "/usr/bin:/bin");
    String out = folder.layout().outdir();
    task.stage(new Staging.WriteText("hush\n", out + "/secret", false, true));
    task.stage(new Staging.Copy(root.resolve("tree").toUri(), out + "/tree", true));
    TaskResult result = run(shell, task);
    assertThat(result.outcome()).isEqualTo(new Outcome.Exited(3));
    assertThat(result.siteId()).isEqualTo("4711");
    assertThat(result.usage().host()).isNotBlank();
    assertThat(result.usage().started()).isBeforeOrEqualTo(result.usage().ended());
    assertThat(result.usage().cpuTime()).isNotNull();
    assertThat(folder.out().resolve("all/out")).hasContent("from far\nhush\nleaf\n");
    assertThat(folder.log(io.twinflow.executors.api.LogStream.STDERR)).hasContent("o'd d\n");
    assertThat(root.resolve("tree/leaf")).hasContent("leaf\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.out().resolve("secret"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void startedManyTimesItRunsTheToolOnce(Shell shell) throws Exception {
    Bundle.write(task("echo ran >> " + root.resolve("effects")).build(), folder, HERE);
    List<Process> copies = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      copies.add(start(shell));
    }
    for (Process copy : copies) {
      copy.getInputStream().readAllBytes();
      assertThat(copy.waitFor()).isZero();
    }
    assertThat(root.resolve("effects")).hasContent("ran\n");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void endsWhatRunsTooLongWithAllThatItStarted(Shell shell) throws Exception {
    TaskBuilder task =
        task("trap '' TERM; (trap '' TERM; sleep 300) & sleep 300")
            .timeLimit(Duration.ofMillis(1500));
    Outcome.Failed failed = failed(run(shell, task));
    assertThat(failed.kind()).isEqualTo(FailureKind.RESOURCES);
    assertThat(failed.reason()).contains("1.5 s");
    assertThat(output("sh", "-c", "grep -l -s TWINFLOW_[A-Z]*=" + key.value() + " /proc/*/environ"))
        .isEmpty();
  }

  /**
   * As it is lost by a shell that was forked a moment ago, SIGTERM is ignored here by all of them.
   */
  @ParameterizedTest
  @EnumSource(Shell.class)
  void whoWatchesTheTimeEndsWithTheToolEvenIfItHearsNoSignal(Shell shell) throws Exception {
    Bundle.write(task("exit 3").timeLimit(Duration.ofMinutes(5)).build(), folder, HERE);
    Process process = start(shell, "trap '' TERM; exec \"$0\" \"$@\"");
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(ResultRecord.read(folder, Instant.EPOCH).orElseThrow().outcome())
          .isEqualTo(new Outcome.Exited(3));
      assertThat(process.getInputStream().readAllBytes()).isEmpty();
      assertThat(
              output("sh", "-c", "grep -l -s TWINFLOW_[A-Z]*=" + key.value() + " /proc/*/environ"))
          .isEmpty();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void namesAnInputThatTheToolHasChanged(Shell shell) throws Exception {
    Path input = Files.writeString(root.resolve("precious"), "old");
    Outcome.Failed failed =
        failed(
            run(
                shell,
                task("echo spoilt > \"$0\"".replace("$0", input.toString())).link(input, "p")));
    assertThat(failed.kind()).isEqualTo(FailureKind.TASK);
    assertThat(failed.reason()).contains("precious");
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void namesAnInputThatIsNotThere(Shell shell) throws Exception {
    Path missing = root.resolve("mis\\sing\nfile");
    Outcome.Failed failed = failed(run(shell, task("true").link(missing, "m")));
    assertThat(failed.kind()).isEqualTo(FailureKind.USER);
    assertThat(failed.reason()).contains(missing.toString());
  }

  @ParameterizedTest
  @EnumSource(Shell.class)
  void toldToStopItSaysSo(Shell shell) throws Exception {
    Bundle.write(task("echo up; sleep 300").build(), folder, HERE);
    Process process = start(shell);
    Path log = folder.log(io.twinflow.executors.api.LogStream.STDOUT);
    await().until(() -> Files.exists(log) && Files.size(log) > 0);
    List<ProcessHandle> tool = process.descendants().toList();
    process.toHandle().destroy();
    tool.forEach(ProcessHandle::destroy);
    process.waitFor();
    assertThat(failed(ResultRecord.read(folder, Instant.EPOCH).orElseThrow()).kind())
        .isEqualTo(FailureKind.CANCELLED);
  }

  /** Who is told to end may be killed soon after, and nobody would end what the tool left. */
  @ParameterizedTest
  @EnumSource(Shell.class)
  void whatAStoppedToolLeavesBehindGetsNoGrace(Shell shell) throws Exception {
    Bundle.write(task("(trap '' TERM; sleep 300) & echo up; exec sleep 300").build(), folder, HERE);
    Files.writeString(folder.path().resolve("grace"), "600\n");
    Process process = start(shell);
    Path log = folder.log(io.twinflow.executors.api.LogStream.STDOUT);
    await().until(() -> Files.exists(log) && Files.size(log) > 0);
    process.toHandle().destroy();
    process.waitFor();
    assertThat(failed(ResultRecord.read(folder, Instant.EPOCH).orElseThrow()).kind())
        .isEqualTo(FailureKind.CANCELLED);
    assertThat(output("sh", "-c", "grep -l -s TWINFLOW_[A-Z]*=" + key.value() + " /proc/*/environ"))
        .isEmpty();
  }
}
