package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine that is full, closed, small or at odds with the run: a message that helps, no trace.
 */
class BadMachineIT {

  private static final int FAILURE = 1;
  private static final long BOUND_SECONDS = 60;
  private static final String NO_PARAMETERS = "inputs: []\noutputs: []";

  /** Even root may then not read what the file modes forbid. */
  private static final List<String> WITHOUT_PRIVILEGES =
      List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search");

  @TempDir private Path folder;

  private void tool(String name, String script, String rest) throws IOException {
    Tools.shell(folder.resolve(name), script, rest);
  }

  private void fails(ChildTwinflow child, String... words) throws Exception {
    assertThat(child.await(BOUND_SECONDS)).as(child.err()).isEqualTo(FAILURE);
    told(child.err(), words);
  }

  private static void told(String err, String... words) {
    assertThat(err).doesNotContain("\tat ", "Exception", "a defect");
    assertThat(List.of(words)).allSatisfy(word -> assertThat(err).contains(word));
  }

  private ChildTwinflow run(String... args) throws IOException {
    return under(List.of(), args);
  }

  private ChildTwinflow under(List<String> wrapper, String... args) throws IOException {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(List.of(args));
    return ChildTwinflow.startUnder(wrapper, folder, List.of(), words.toArray(String[]::new));
  }

  private static boolean works(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aHomeOfANewerVersionIsLeftAlone() throws Exception {
    tool("true.cwl", "true", NO_PARAMETERS);
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("home"), "twinflow-home 2\n");

    fails(run("true.cwl"), home.toString(), "twinflow-home 2", "use the version that made it");
    assertThat(home.resolve("installation")).doesNotExist();
  }

  @Test
  void aJournalOfANewerVersionIsLeftAlone() throws Exception {
    tool("true.cwl", "true", NO_PARAMETERS);
    assertThat(run("true.cwl").await(BOUND_SECONDS)).isZero();
    Path journal;
    try (var runs = Files.list(folder.resolve("home/runs"))) {
      journal = runs.findFirst().orElseThrow().resolve("journal");
    }
    byte[] bytes = Files.readAllBytes(journal);
    bytes["twinflow-journal ".length()] = '2';
    Files.write(journal, bytes);

    fails(ChildTwinflow.start(folder, List.of(), "resume", "latest"), "a newer Twinflow");
    assertThat(journal).hasBinaryContent(bytes);
  }

  @Test
  void aFullDiskStopsTheRunWithAWayToGoOn() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Assumptions.assumeTrue(
        works("mount", "-t", "tmpfs", "-o", "size=8m", "twinflow-test", home.toString()),
        "a full disk: cannot mount a small tmpfs here");
    try {
      String little = "\nrequirements: {ResourceRequirement: {outdirMin: 1, tmpdirMin: 1}}";
      tool("large.cwl", "true", NO_PARAMETERS);
      tool("fill.cwl", "head -c 100000000 /dev/zero > big", NO_PARAMETERS + little);

      fails(run("large.cwl"), "needs 2048 MiB of disk", "MiB are free", "free some");
      ChildTwinflow child = run("fill.cwl");

      fails(child);
      assertThat(child.err()).containsAnyOf("No space left on device", "disk of");
      assertThat(child.err()).containsAnyOf("twinflow resume", "twinflow retry");
    } finally {
      works("umount", "-l", home.toString());
    }
  }

  @Test
  void aFileThatMayNotGrowStopsTheRunWithAWayToGoOn() throws Exception {
    tool("true.cwl", "true", NO_PARAMETERS);

    // 8 blocks of 512 bytes: the pinned plan fits, the journal does not.
    ChildTwinflow child =
        under(List.of("sh", "-c", "ulimit -f 4; exec \"$@\"", "sh"), "--quiet", "true.cwl");

    fails(child, "File too large");
  }

  private void readsAFile() throws IOException {
    tool("cat.cwl", "cat \"$0\"", "  - $(inputs.data)\ninputs: {data: File}\noutputs: []");
  }

  @Test
  void anInputFileBehindAFileIsNamed() throws Exception {
    readsAFile();
    Files.writeString(folder.resolve("plain"), "");

    fails(run("cat.cwl", "--data", "plain/data.csv"), "data", folder + "/plain/data.csv");
  }

  @Test
  void aDanglingLinkIsNamed() throws Exception {
    readsAFile();
    Files.createSymbolicLink(folder.resolve("data.csv"), folder.resolve("gone.csv"));

    fails(run("cat.cwl", "--data", "data.csv"), "data", folder + "/data.csv");
  }

  @Test
  void aFileOfSomebodyElseIsNamed() throws Exception {
    readsAFile();
    Files.writeString(folder.resolve("secret.csv"), "1");
    Files.setPosixFilePermissions(folder.resolve("secret.csv"), java.util.Set.of());
    boolean closed = !Files.isReadable(folder.resolve("secret.csv"));
    List<String> wrapper = closed ? List.of() : WITHOUT_PRIVILEGES;
    Assumptions.assumeTrue(
        closed || works("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "true"),
        "a file that may not be read: setpriv cannot take root's privileges here");

    ChildTwinflow child = under(wrapper, "cat.cwl", "--data", "secret.csv");

    fails(child, "input " + folder + "/secret.csv cannot be read", "permissions");
  }

  @Test
  void anInputThatChangesWhileItIsReadFailsTheTaskAndIsNamed() throws Exception {
    tool(
        "append.cwl",
        "echo more >> \"`readlink -f \"$0\"`\"",
        "  - $(inputs.data)\ninputs: {data: File}\noutputs: []");
    Files.writeString(folder.resolve("data.csv"), "1\n");

    fails(
        run("append.cwl", "--data", "data.csv"),
        "input " + folder + "/data.csv was changed while the tool ran",
        "writable: true");
  }

  @Test
  void aReaderThatGoesAwayIsNoTrace() throws Exception {
    tool("true.cwl", "true", NO_PARAMETERS);
    List<String> headOnly =
        List.of("bash", "-c", "\"$@\" | head -c1 >/dev/null; exit ${PIPESTATUS[0]}", "bash");
    Files.writeString(
        folder.resolve("long.cwl"),
        """
        cwlVersion: v1.2
        class: ExpressionTool
        requirements: {InlineJavascriptRequirement: {}}
        inputs: []
        outputs: {x: string}
        expression: "${ return {'x': new Array(1000000).join('x')}; }"
        """);

    ChildTwinflow run = under(headOnly, "--quiet", "long.cwl");

    assertThat(run.await(BOUND_SECONDS)).as(run.err()).isEqualTo(FAILURE);
    told(run.err(), "standard output");
    ChildTwinflow show =
        ChildTwinflow.startUnder(headOnly, folder, List.of(), "show", "--json", "latest");
    show.await(BOUND_SECONDS);
    told(show.err());
  }

  @Test
  void aToolThatMayNotHaveItsMemorySaysSoInItsLastLines() throws Exception {
    tool("greedy.cwl", "ulimit -v 300000; exec python3 -c 'x = bytearray(10**9)'", NO_PARAMETERS);

    fails(run("greedy.cwl"), "greedy", "exit code 1", "MemoryError", "twinflow retry");
  }

  @Test
  void aToolThatIsKilledByASignalIsTold() throws Exception {
    tool("killed.cwl", "kill -SEGV $$", NO_PARAMETERS);
    tool("starved.cwl", "kill -KILL $$", NO_PARAMETERS);

    fails(run("killed.cwl"), "killed", "signal 11 (SIGSEGV");
    fails(run("starved.cwl"), "starved", "signal 9 (SIGKILL");
  }
}
