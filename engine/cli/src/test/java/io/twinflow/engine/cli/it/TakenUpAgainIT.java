package io.twinflow.engine.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinflow.engine.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are paused, resumed and retried from another terminal, in another folder. */
class TakenUpAgainIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Path elsewhere;

  @BeforeEach
  void makeFolders() throws Exception {
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(
        folder.resolve("w.cwl"),
        """
        cwlVersion: v1.2
        class: Workflow
        inputs: {folder: string}
        outputs: {said: {type: File, outputSource: second/said}}
        steps:
          first:
            in: {folder: folder}
            out: [marked]
            run:
              class: CommandLineTool
              baseCommand: [sh, -c]
              arguments: ['touch "$0/first"; while [ ! -e "$0/go" ]; do sleep 0.05; done']
              inputs: {folder: {type: string, inputBinding: {position: 1}}}
              outputs: {marked: {type: string, outputBinding: {outputEval: $(inputs.folder)}}}
          second:
            in: {folder: first/marked}
            out: [said]
            run:
              class: CommandLineTool
              baseCommand: [sh, -c]
              arguments: ['touch "$0/second"; test ! -e "$0/bad" && echo said']
              inputs: {folder: {type: string, inputBinding: {position: 1}}}
              stdout: said.txt
              outputs: {said: stdout}
        """);
  }

  /** A command in another terminal. */
  private CommandRun command(String... args) {
    return CommandRun.in(elsewhere)
        .with("TWINFLOW_HOME", ChildTwinflow.home(folder).toString())
        .call(args);
  }

  private ChildTwinflow started() throws Exception {
    ChildTwinflow child =
        ChildTwinflow.start(
            folder, List.of(), "run", "--outdir", "out", "w.cwl", "--folder", folder.toString());
    await().atMost(SOON).until(() -> Files.exists(folder.resolve("first")));
    return child;
  }

  private void go() throws Exception {
    Files.createFile(folder.resolve("go"));
  }

  @Test
  void resultsGoWhereTheyWereAskedForFirst() throws Exception {
    started().killAtOnce();
    go();

    CommandRun resumed = command("resume", "latest");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("results: " + folder.resolve("out"));
    assertThat(folder.resolve("out/said.txt")).hasContent("said");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aRetryWritesThereTooAndMakesTheFolderAgain() throws Exception {
    go();
    Files.createFile(folder.resolve("bad"));
    CommandRun failed =
        CommandRun.in(folder)
            .call("run", "--outdir", "out", "w.cwl", "--folder", folder.toString());
    assertThat(failed.code()).isEqualTo(1);
    Files.delete(folder.resolve("bad"));
    Files.delete(folder.resolve("out"));

    CommandRun retried = command("retry", "latest");

    assertThat(retried.code()).as(retried.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent("said");
    CommandRun named = command("retry", "latest", "--outdir", "here");
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(elsewhere.resolve("here/said.txt")).hasContent("said");
  }

  @Test
  void aFolderThatCannotBeWrittenAnyMoreIsSaidBeforeAnythingRuns() throws Exception {
    started().killAtOnce();
    Files.deleteIfExists(folder.resolve("out"));
    Files.createFile(folder.resolve("out"));

    CommandRun resumed = command("resume", "latest");

    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err())
        .contains(folder.resolve("out") + ": results cannot be written here")
        .contains("--outdir");
    go();
    assertThat(command("resume", "latest", "--outdir", "here").code()).isZero();
    assertThat(elsewhere.resolve("here/said.txt")).hasContent("said");
  }

  @Test
  void aRunIsPausedAndGoesOnFromAnotherTerminal() throws Exception {
    ChildTwinflow child = started();

    CommandRun paused = command("pause", "latest");
    assertThat(paused.code()).as(paused.err()).isZero();
    assertThat(paused.err()).contains("is paused", "twinflow resume ");
    assertThat(command("pause", "latest").code()).isZero();
    go();
    await()
        .atMost(SOON)
        .until(() -> command("show", "latest", "first").out().contains("succeeded"));
    await().atMost(SOON).until(() -> child.err().contains("paused; go on with: twinflow resume"));
    assertThat(command("runs").out()).contains("paused");
    assertThat(folder.resolve("second")).doesNotExist();

    CommandRun resumed = command("resume", "latest");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("on where it was started");
    assertThat(child.await(30)).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent("said");
    assertThat(command("pause", "latest").err()).contains("has ended (succeeded)");
  }

  @Test
  void aPausedRunThatWasCutOffGoesOnWhenItIsResumed() throws Exception {
    ChildTwinflow child = started();
    assertThat(command("pause", "latest").code()).isZero();
    child.killAtOnce();
    assertThat(command("pause", "latest").err()).contains("interrupted", "twinflow resume");
    go();

    CommandRun resumed = command("resume", "latest");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent("said");
  }

  @Test
  void aRunIsCancelledFromAnotherTerminal() throws Exception {
    ChildTwinflow child = started();

    CommandRun cancelled = command("cancel", "latest");

    assertThat(cancelled.code()).as(cancelled.err()).isZero();
    assertThat(cancelled.err()).contains("is cancelled", "twinflow retry ");
    assertThat(child.await(30)).isEqualTo(1);
    assertThat(command("cancel", "latest").err()).contains("has ended (cancelled)");
  }

  @Test
  void aStoppedCommandGoesOnWithWhatEndedMeanwhile() throws Exception {
    ChildTwinflow child = started();
    child.signal("STOP");
    go();
    child.signal("CONT");

    assertThat(child.await(30)).as(child.err()).isZero();
    assertThat(folder.resolve("out/said.txt")).hasContent("said");
  }
}
