package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.Staging;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.bundle.BundleFolder;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.testing.TaskBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job of a batch of one task, by the shell of this machine and without Slurm. */
@Timeout(60)
class SingleJobIT {

  @TempDir private Path root;
  private final BatchKey batch = new BatchKey("single", "r1", 1);
  private final AttemptKey key = new AttemptKey("single", "r1", 1, 1);

  private FolderGround ground() {
    return FolderGround.of("hpc", root.resolve("shared"), null);
  }

  private TaskBuilder task(FolderGround ground) {
    return new TaskBuilder(
        key,
        ground.attempts().layout(key, false),
        List.of("sh", "-c", "echo ran >>" + root.resolve("effect")),
        null);
  }

  private String script(FolderGround ground, TaskSpec task) throws Exception {
    Parts parts = new Parts(batch, ground, SlurmOptions.Jobs.PLAIN);
    BatchContent content = ground.write(batch, task, parts.of(task));
    Submission part = content.parts().getFirst();
    StringBuilder text = new StringBuilder();
    ground
        .environment(batch, content, part)
        .forEach((name, value) -> text.append("export %s='%s'\n".formatted(name, value)));
    return text + part.script();
  }

  private static Process start(String script) throws Exception {
    ProcessBuilder job = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    job.environment().put("SLURM_JOB_ID", "4711");
    return job.start();
  }

  private static void run(String script) throws Exception {
    Process job = start(script);
    assertThat(job.inputReader().readAllAsString()).isEmpty();
    assertThat(job.waitFor()).isZero();
  }

  private void assertSuccess(FolderGround ground) throws Exception {
    var result = ground.attempts().result(key, Instant.EPOCH).orElseThrow();
    assertThat(result.outcome()).isEqualTo(new Outcome.Exited(0));
    assertThat(result.siteId()).isEqualTo("4711");
    assertThat(root.resolve("effect")).hasContent("ran\n");
  }

  @Test
  void theJobMakesItsFolderForItsOwnerAndRunsTheToolOnce() throws Exception {
    FolderGround ground = ground();
    String script = script(ground, task(ground).build());
    BundleFolder folder = ground.folders().folder(key);
    assertThat(folder.path()).doesNotExist();
    ground.notes(batch).writeJob(0, 4711);
    run(script);
    assertSuccess(ground);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    run(script);
    assertSuccess(ground);
    assertThat(ground.notes(batch).readJob(0)).contains(4711L);
  }

  @Test
  void copiesThatStartAtTheSameTimeRunTheToolOnce() throws Exception {
    FolderGround ground = ground();
    String script = script(ground, task(ground).build());
    List<Process> copies = new ArrayList<>();
    for (int copy = 0; copy < 8; copy++) {
      copies.add(start(script));
    }
    for (Process copy : copies) {
      assertThat(copy.waitFor()).isZero();
    }
    assertSuccess(ground);
  }

  @Test
  void whatIsRevokedBeforeItsFolderIsThereNeverRuns() throws Exception {
    FolderGround ground = ground();
    String script = script(ground, task(ground).build());
    assertThat(ground.attempts().revoke(key, Revocation.GIVEN_UP)).isTrue();
    run(script);
    assertThat(root.resolve("effect")).doesNotExist();
    assertThat(ground.attempts().result(key, Instant.EPOCH)).isEmpty();
    assertThat(ground.attempts().revocation(key)).contains(Revocation.GIVEN_UP);
  }

  @Test
  void aTaskWithTextsHasItsFolderBeforehand() throws Exception {
    FolderGround ground = ground();
    TaskBuilder task = task(ground);
    String target = task.layout().outdir() + "/told";
    String script =
        script(ground, task.stage(new Staging.WriteText("hush", target, false, true)).build());
    assertThat(ground.folders().folder(key).path()).isDirectory();
    run(script);
    assertSuccess(ground);
    assertThat(Path.of(target)).hasContent("hush");
  }

  /** As a node leaves it that loses its power, and it may be secret. */
  @Test
  void whatAJobHadBegunToWriteGoesWithTheRest() throws Exception {
    FolderGround ground = ground();
    script(ground, task(ground).build());
    Path folder = ground.folders().folder(key).path();
    Path begun = Files.createDirectories(folder.resolve("tmp")).resolve("task-abcdef");
    Files.writeString(begun, "key='x'");
    ground.attempts().release(key);
    assertThat(begun).doesNotExist();
  }

  @Test
  void wordsThatAreGoneStartNoTool() throws Exception {
    FolderGround ground = ground();
    String script = script(ground, task(ground).build());
    BatchKey other = new BatchKey("single", "r1", 2);
    ground.write(
        other,
        task(ground).build(),
        new Parts(other, ground, SlurmOptions.Jobs.PLAIN).of(task(ground).build()));
    ground.notes(batch).delete();
    assertThat(start(script).waitFor()).isNotZero();
    assertThat(root.resolve("effect")).doesNotExist();
    assertThat(ground.folders().folder(key).path().resolve("task")).doesNotExist();
  }

  @Test
  void aCopyThatStartsWhenAllIsReleasedDoesNothing() throws Exception {
    FolderGround ground = ground();
    String script = script(ground, task(ground).build());
    run(script);
    ground.attempts().release(key);
    ground.notes(batch).delete();
    assertThat(ground.folders().folder(key).path().resolve("task")).doesNotExist();
    run(script);
    assertSuccess(ground);
    assertThat(ground.folders().folder(key).path().resolve("task")).doesNotExist();
  }

  @Test
  void whatOnlySlurmTellsIsPutDownInTheFolderThatTheJobMakes() throws Exception {
    FolderGround ground = ground();
    TaskSpec task = task(ground).processes(2).build();
    run(script(ground, task));
    assertThat(ground.folders().folder(key).path().resolve("surroundings"))
        .content()
        .contains("SLURM_JOB_ID");
    assertSuccess(ground);
  }
}
