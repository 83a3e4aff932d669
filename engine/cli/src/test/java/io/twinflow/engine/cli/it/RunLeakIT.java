package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import io.twinflow.engine.cli.Invocation;
import io.twinflow.engine.cli.TerminalKind;
import io.twinflow.engine.cli.Twinflow;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left after a run, however it ended. */
class RunLeakIT {

  private static final int ROUNDS = 5;

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
                twinflow.run(
                    "run", "--tmpdir-prefix", temporary + "/t", "--outdir", "out", "endless.cwl"));
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("started")));

    assertThat(twinflow.interrupt()).isTrue();
    thread.join(Duration.ofSeconds(20));

    assertThat(thread.isAlive()).isFalse();
    assertThat(Leftovers.processes(folder)).isEmpty();
    assertThat(Leftovers.below(temporary)).isEmpty();
  }
}
