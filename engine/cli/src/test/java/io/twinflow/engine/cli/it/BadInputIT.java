package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.cli.CommandRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong gets an answer that helps: no trace, the object, the expected, the found. */
class BadInputIT {

  private static final int FAILURE = 1;

  @TempDir private Path folder;

  private CommandRun run(String... args) {
    CommandRun run = CommandRun.in(folder).call(prepend("run", args));
    assertThat(run.err())
        .doesNotContain("\tat ", "Exception", "a defect of Twinflow")
        .doesNotContain("\u001b");
    return run;
  }

  private static String[] prepend(String first, String[] rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** A tool that runs a shell script. */
  private void tool(String name, String script, String rest) throws IOException {
    Tools.shell(folder.resolve(name), script, rest);
  }

  private void refusedInOneLine(String file, String... words) {
    long began = System.nanoTime();
    CommandRun run = run(file);
    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).contains(words);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whatIsNoDocumentIsRefusedInOneLine() throws IOException {
    write("broken.cwl", "class: [CommandLineTool\ninputs: {");
    refusedInOneLine("broken.cwl", "broken.cwl:");
    refusedInOneLine(".", "directory");
    write("empty.cwl", "");
    refusedInOneLine("empty.cwl", "empty");
    Files.write(folder.resolve("binary.cwl"), new byte[] {0x7f, 'E', 'L', 'F', 0, (byte) 0xff, 1});
    refusedInOneLine("binary.cwl", "binary");
    refusedInOneLine("missing.cwl", "missing.cwl", "no such file");
  }

  @Test
  void aBombIsRefusedInBoundedTime() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append((before + ",").repeat(9)).append(before).append("]\n");
    }
    write("bomb.cwl", bomb.toString());
    refusedInOneLine("bomb.cwl", "bomb.cwl");
  }

  @Test
  void aHugeDocumentIsRefusedByItsSize() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("huge.cwl").toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    refusedInOneLine("huge.cwl", "MiB");
  }

  @Test
  void everythingWrongWithADocumentIsToldAtOnceWithNearestNames() throws IOException {
    write(
        "wrong.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: {message: strin}
        outputs: {out: {type: File, outputSource: say/outt}}
        steps:
          say:
            in: {message: mesage}
            out: [out]
            run:
              class: CommandLineTool
              baseComand: echo
              inputs: {message: {type: string, inputBinding: {}}}
              stdout: x
              outputs: {out: stdout}
        """);

    CommandRun run = run("wrong.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err())
        .contains("wrong.cwl:3:", "strin", "wrong.cwl:11:", "\"baseCommand\"")
        .contains("\"message\"", "mesage");
  }

  @Test
  void aCycleIsNamed() throws IOException {
    write(
        "cycle.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: []
        outputs: []
        steps:
          a: {in: {x: b/y}, out: [y], run: &t {class: ExpressionTool, inputs: {x: Any}, outputs: {y: Any}, expression: "$(inputs)"}}
          b: {in: {x: a/y}, out: [y], run: *t}
        """);

    CommandRun run = run("cycle.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).contains("cycle.cwl:", "a", "b");
  }

  private void twoInputs() throws IOException {
    tool("two.cwl", "true", "inputs: {count: int, data: File}\noutputs: []");
  }

  @Test
  void wrongAndMissingInputsAreToldTogetherWithPositions() throws IOException {
    twoInputs();
    write("job.yml", "coutn: 3\ndata: hello\n");

    CommandRun run = run("two.cwl", "job.yml");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err())
        .contains("\"count\" (int) is missing", "\"coutn\"")
        .contains("job.yml:2:7", "File");
  }

  @Test
  void aMissingInputFileIsNamedWithItsInput() throws IOException {
    twoInputs();

    CommandRun run = run("two.cwl", "--count", "1", "--data", "gone.csv");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).contains("data", "gone.csv");
  }

  @Test
  void aFailedToolShowsCommandCodeLastLinesAndPlaces() throws IOException {
    tool(
        "bad.cwl",
        "echo almost >&2\necho the disk is on fire >&2\nexit 7",
        "inputs: []\noutputs: []");

    CommandRun run = run("bad.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err())
        .contains("7", "the disk is on fire", "sh -c", "/home/runs/", "twinflow retry");
  }

  @Test
  void aToolThatIsNotThereIsNamed() throws IOException {
    write(
        "none.cwl",
        "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: no-such-tool-at-all, inputs: [], outputs: []}");

    CommandRun run = run("none.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).contains("no-such-tool-at-all");
  }

  @Test
  void aTimeLimitIsKept() throws IOException {
    tool(
        "slow.cwl",
        "sleep 100",
        "requirements: {ToolTimeLimit: {timelimit: 1}}\ninputs: []\noutputs: []");
    long began = System.nanoTime();

    CommandRun run = run("slow.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).contains("1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aKilledToolSaysSo() throws IOException {
    tool("killed.cwl", "kill -9 $$", "inputs: []\noutputs: []");

    CommandRun run = run("killed.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).containsAnyOf("signal 9", "SIGKILL", "137");
  }

  private void expression(String name, String body) throws IOException {
    write(
        name,
        """
        cwlVersion: v1.2
        class: ExpressionTool
        requirements: {InlineJavascriptRequirement: {}}
        inputs: []
        outputs: {x: Any}
        expression: |
          ${ %s }
        """
            .formatted(body));
  }

  @Test
  void anEndlessAndAGreedyExpressionAreStopped() throws IOException {
    expression("endless.cwl", "while (true) {} ");
    expression("greedy.cwl", "var a = []; while (true) { a.push('x'.repeat(1000000)); }");

    for (String name : new String[] {"endless.cwl", "greedy.cwl"}) {
      CommandRun run = run(name);
      assertThat(run.code()).isEqualTo(FAILURE);
      assertThat(run.err()).contains(name + ":");
    }
  }

  @Test
  void outputsThatLeaveTheFolderAreRefused() throws IOException {
    write("secret.txt", "secret");
    tool(
        "link.cwl",
        "ln -s " + folder.resolve("secret.txt") + " out.txt",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: out.txt}}}");
    tool(
        "up.cwl",
        "true",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: ../../../../../secret.txt}}}");

    for (String name : new String[] {"link.cwl", "up.cwl"}) {
      CommandRun run = run("--outdir", "out", name);
      assertThat(run.code()).as(name).isEqualTo(FAILURE);
      assertThat(run.err()).as(name).contains("out");
      assertThat(folder.resolve("out/secret.txt")).doesNotExist();
    }
  }

  @Test
  void pipesAndFoldersThatHoldThemselvesAreTheToolsFailure() throws IOException {
    tool(
        "pipe.cwl",
        "mkfifo out",
        "inputs: []\noutputs: {out: {type: File, outputBinding: {glob: out}}}");
    tool(
        "circle.cwl",
        "mkdir -p out/a out/b; ln -s ../b out/a/b; ln -s ../a out/b/a",
        "inputs: []\noutputs: {out: {type: Directory, outputBinding: {glob: out}}}");

    for (String name : new String[] {"pipe.cwl", "circle.cwl"}) {
      CommandRun run = run("--outdir", "results", name);
      assertThat(run.code()).as(name).isEqualTo(FAILURE);
      assertThat(run.err())
          .as(name)
          .contains("failed (the tool)", "/out")
          .doesNotContain("trying again");
    }
  }

  @Test
  void oddNamesComeThroughWhole() throws IOException {
    String odd = "a b'\"ü#%40\n.txt";
    tool(
        "odd.cwl",
        "printf x > \"$0\"",
        """
          - $(inputs.name)
        inputs: {name: string}
        outputs: {out: {type: File, outputBinding: {glob: "*.txt"}}}
        """);

    CommandRun run = run("--outdir", "out", "odd.cwl", "--name", odd);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("out").resolve(odd)).hasContent("x");
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheRun() throws IOException {
    tool("touch.cwl", "touch " + folder.resolve("ran"), "inputs: []\noutputs: []");
    write("file", "");

    CommandRun run = run("--outdir", "file/out", "touch.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).contains("file/out", "--outdir");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamedWithTheWayOut() throws IOException {
    tool("true.cwl", "true", "inputs: []\noutputs: []");
    write("file", "");

    CommandRun run = run("--home", "file/home", "true.cwl");

    assertThat(run.code()).isEqualTo(FAILURE);
    assertThat(run.err()).contains("file/home", "TWINFLOW_HOME");
  }

  @Test
  void anUnknownRunGetsTheNearestOne() throws IOException {
    tool("true.cwl", "true", "inputs: []\noutputs: []");
    run("true.cwl");

    for (String command : new String[] {"show", "resume", "retry", "logs"}) {
      CommandRun run = CommandRun.in(folder).call(command, "19990101-000000-aaaaaa");
      assertThat(run.code()).as(command).isEqualTo(FAILURE);
      assertThat(run.err()).as(command).contains("no such run", "twinflow runs");
    }
  }

  @Test
  void aDamagedJournalIsRefusedAndTheOtherRunsAreStillListed() throws IOException {
    tool("true.cwl", "true", "inputs: []\noutputs: []");
    run("true.cwl");
    run("true.cwl");
    Path journal;
    try (var runs = Files.list(folder.resolve("home/runs"))) {
      journal = runs.sorted().findFirst().orElseThrow().resolve("journal");
    }
    byte[] bytes = Files.readAllBytes(journal);
    bytes[60] ^= 0x55;
    Files.write(journal, bytes);
    String id = journal.getParent().getFileName().toString();

    CommandRun show = CommandRun.in(folder).call("show", id);
    CommandRun list = CommandRun.in(folder).call("runs");

    assertThat(show.code()).isEqualTo(FAILURE);
    assertThat(show.err()).contains("journal").doesNotContain("\tat ", "a defect");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("unreadable", "succeeded");
  }

  @Test
  void anOperationAndAMissingContainerEngineAreUnsupported() throws IOException {
    write(
        "op.cwl",
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: []
        outputs: []
        steps: {a: {in: [], out: [], run: {class: Operation, inputs: [], outputs: []}}}
        """);
    tool(
        "docker.cwl",
        "true",
        "requirements: {DockerRequirement: {dockerPull: 'debian:stable-slim'}}\ninputs: []\noutputs: []");

    CommandRun operation = run("op.cwl");
    CommandRun container = run("--no-container", "docker.cwl");

    assertThat(operation.code()).as(operation.err()).isEqualTo(33);
    assertThat(container.code()).as(container.err()).isEqualTo(33);
    assertThat(container.err()).contains("container");
  }

  @Test
  void aClosedReaderOfStandardOutputIsNoTrace() throws Exception {
    tool("true.cwl", "true", "inputs: []\noutputs: []");
    CommandRun.in(folder).call("run", "true.cwl");
    java.io.PrintStream closed =
        new java.io.PrintStream(
            new java.io.OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            true,
            StandardCharsets.UTF_8);
    java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();

    io.twinflow.engine.cli.Twinflow.execute(
        new String[] {"show", "latest"},
        java.io.InputStream.nullInputStream(),
        closed,
        new java.io.PrintStream(err, true, StandardCharsets.UTF_8),
        java.util.Map.of("TWINFLOW_HOME", folder.resolve("home").toString()),
        folder);

    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ", "a defect");
  }
}
