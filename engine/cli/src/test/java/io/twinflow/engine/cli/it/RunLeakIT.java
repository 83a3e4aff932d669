package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.cli.NeedsDocker;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.engine.cli.Twinflow;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left after a run, however it ended. */
class RunLeakIT {

  private static final int ROUNDS = 5;
  private static final String IMAGE = "debian:stable-slim";

  @TempDir private Path folder;

  private Path temporary = Path.of("");

  @BeforeEach
  void writeTools() throws Exception {
    temporary = Files.createDirectory(folder.resolve("temporary"));
    tool("good.cwl", "echo hello > \"$TMPDIR/x\"; echo hello");
    tool("bad.cwl", "echo wrong >&2; sleep 0 & exit 3");
    tool("endless.cwl", "touch " + folder.resolve("started") + "; sleep 1000 & sleep 1000");
  }

  private void tool(String name, String script) throws Exception {
    Files.writeString(
        folder.resolve(name),
        """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: [sh, -c, '%s']
        inputs: []
        stdout: out.txt
        outputs: {out: stdout}
        """
            .formatted(script));
  }

  private CommandRun run(String tool) {
    return CommandRun.in(folder)
        .call("run", "--no-cache", "--tmpdir-prefix", temporary + "/t", "--outdir", "out", tool);
  }

  @Test
  void afterSuccessAndFailure() throws Exception {
    run("good.cwl");
    int before = Leftovers.openFiles();

    for (int i = 0; i < ROUNDS; i++) {
      assertThat(run("good.cwl").code()).isZero();
      assertThat(run("bad.cwl").code()).isEqualTo(1);
    }

    assertThat(Leftovers.processes(folder)).isEmpty();
    assertThat(Leftovers.below(temporary)).isEmpty();
    assertThat(Leftovers.openFiles()).isLessThanOrEqualTo(before + 2);
    assertThat(Leftovers.below(folder.resolve("home")))
        .noneMatch(path -> path.getFileName().toString().equals("tmp"));
  }

  @Test
  void afterCancel() throws Exception {
    run("good.cwl");
    cancelled("endless.cwl");
    int before = Leftovers.openFiles();

    for (int i = 0; i < 3; i++) {
      cancelled("endless.cwl");
    }

    assertThat(Leftovers.processes(folder)).isEmpty();
    assertThat(Leftovers.below(temporary)).isEmpty();
    assertThat(Leftovers.openFiles()).isLessThanOrEqualTo(before + 2);
  }

  private void cancelled(String tool) throws Exception {
    Files.deleteIfExists(folder.resolve("started"));
    Map<String, String> env = new HashMap<>(System.getenv());
    env.put("TWINFLOW_HOME", folder.resolve("home").toString());
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Twinflow twinflow =
        new Twinflow(
            new Invocation(
                InputStream.nullInputStream(), nowhere, nowhere, env, folder, TerminalKind.NONE));
    Thread thread =
        Thread.ofPlatform()
            .start(() ->
                twinflow.run("run", "--tmpdir-prefix", temporary + "/t", "--outdir", "out", tool));
    awaitStart();

    assertThat(twinflow.interrupt()).isTrue();
    thread.join(Duration.ofSeconds(20));

    assertThat(thread.isAlive()).isFalse();
  }

  private void awaitStart() {
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("started")));
  }

  @Test
  void afterCtrlC() throws Exception {
    interrupted("endless.cwl");

    assertThat(Leftovers.processes(folder)).isEmpty();
    assertThat(Leftovers.below(temporary)).isEmpty();
    assertThat(Leftovers.below(ChildTwinflow.temporary(folder))).isEmpty();
  }

  private void interrupted(String tool) throws Exception {
    ChildTwinflow child =
        ChildTwinflow.start(
            folder,
            List.of("-Djava.io.tmpdir=" + ChildTwinflow.temporary(folder)),
            "run",
            "--tmpdir-prefix",
            temporary + "/t",
            tool);
    awaitStart();
    child.signal("INT");
    assertThat(child.await(30)).as(child.err()).isEqualTo(130);
  }

  @Test
  void noContainerStaysHoweverTheRunEnds() throws Exception {
    NeedsDocker.withImage(IMAGE);
    inContainer("good.cwl");
    inContainer("bad.cwl");
    Tools.shell(
        folder.resolve("mark.cwl"),
        "touch \"$0/started\"; sleep 1000",
        """
          - $(inputs.place.path)
        inputs: {place: {type: Directory, default: {class: Directory, location: .}}}
        requirements:
          DockerRequirement: {dockerPull: "%s"}
          InplaceUpdateRequirement: {inplaceUpdate: true}
          InitialWorkDirRequirement:
            listing: [{entry: $(inputs.place), entryname: place, writable: true}]
        outputs: []
        """
            .formatted(IMAGE));

    assertThat(run("good.cwl").code()).isZero();
    assertThat(run("bad.cwl").code()).isEqualTo(1);
    assertThat(Leftovers.containers(folder.resolve("home"))).isEmpty();
    cancelled("mark.cwl");
    assertThat(Leftovers.containers(folder.resolve("home"))).isEmpty();
    Files.delete(folder.resolve("started"));
    interrupted("mark.cwl");
    assertThat(Leftovers.containers(folder.resolve("home"))).isEmpty();
    assertThat(Leftovers.processes(folder)).isEmpty();
    assertThat(Leftovers.below(temporary)).isEmpty();
  }

  private void inContainer(String tool) throws Exception {
    Path file = folder.resolve(tool);
    Files.writeString(
        file,
        Files.readString(file)
            + "requirements: {DockerRequirement: {dockerPull: '"
            + IMAGE
            + "'}}\n");
  }
}
