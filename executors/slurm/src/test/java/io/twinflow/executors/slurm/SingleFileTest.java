package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleFileTest {

  private static final Submission PART =
      new Submission("b1", "b1/0", "one\nscript", "/tmp", "/tmp/%s.log", 0, 1, 1, 1, 16, 0, null);

  /** As a tool's own text may have it. */
  private static final String WORDS = "key='ä\n# job 7 2026-01-01T00:00:00Z\n# {}\n'\n";

  private final BatchKey key = new BatchKey("site", "r1", 1);
  @TempDir private Path root;

  private SingleFile file() throws IOException {
    SingleFile file = SingleFile.of(root, key);
    Files.createDirectories(file.path().resolve("../..").normalize());
    return file;
  }

  private static void cut(SingleFile file, byte[] whole, int length) throws IOException {
    Files.write(file.path(), Arrays.copyOf(whole, length));
  }

  @Test
  void whatWasWrittenFirstStays() throws Exception {
    SingleFile file = file();
    assertThat(file.exists()).isFalse();
    BatchContent content = file.write("a", PART, WORDS);
    assertThat(content.isNew()).isTrue();
    BatchContent there = new BatchContent(List.of("a"), List.of(PART), content.written(), false);
    assertThat(file.write("b", PART, "")).isEqualTo(there);
    assertThat(file.read()).isEqualTo(there);
    assertThat(file.readJob(0)).isEmpty();
    assertThat(Files.readString(file.path())).endsWith("\n" + WORDS);
  }

  @Test
  void onlyItsOwnerCanLookIntoIt() throws Exception {
    SingleFile file = file();
    file.write("a", PART, WORDS);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file.path().resolveSibling("."))))
        .isEqualTo("rwx------");
  }

  /** As a full disk or a crash leaves it. */
  @Test
  void whereverItWasCutItIsNoBatchAndIsWrittenAnewButNotAsANewOne() throws Exception {
    SingleFile file = file();
    file.write("a", PART, WORDS);
    byte[] whole = Files.readAllBytes(file.path());
    for (int length = 0; length < whole.length; length++) {
      cut(file, whole, length);
      assertThat(file.exists()).as("with %d bytes", length).isFalse();
      assertThat(file.write("a", PART, WORDS).isNew()).isFalse();
      assertThat(file.path()).hasBinaryContent(whole);
    }
    assertThat(file.path().resolveSibling(".")).isDirectoryNotContaining("glob:**new-*");
  }

  @Test
  void aJobIsKnownWhenItIsWrittenDownAndTheFileIsNoYoungerForIt() throws Exception {
    SingleFile file = file();
    file.write("a", PART, WORDS);
    Instant before = Instant.parse("2026-01-02T03:04:05.678Z");
    Files.setLastModifiedTime(file.path(), FileTime.from(before));
    file.writeJob(0, 4711);
    assertThat(file.readJob(0)).contains(4711L);
    assertThat(file.read().written()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(file.path()).toInstant()).isAfter(before);
  }

  /** Then Slurm is asked for it. */
  @Test
  void aJobThatIsHalfWrittenDownIsNotKnownAndNeitherIsOneBehindIt() throws Exception {
    SingleFile file = file();
    file.write("a", PART, WORDS);
    int begin = Files.readAllBytes(file.path()).length;
    file.writeJob(0, 4711);
    byte[] whole = Files.readAllBytes(file.path());
    for (int length = begin; length < whole.length - 1; length++) {
      cut(file, whole, length);
      assertThat(file.exists()).isTrue();
      assertThat(file.readJob(0)).as("with %d bytes", length).isEmpty();
    }
    Files.writeString(file.path(), "# job 11 2026-01-02T03:04:05Z\n", StandardOpenOption.APPEND);
    assertThat(file.readJob(0)).isEmpty();
  }

  @Test
  void whatSlurmSaidGoesWithIt() throws Exception {
    SingleFile file = file();
    file.write("a", PART, WORDS);
    Files.writeString(file.errors(), "slurmstepd: error\n");
    file.delete();
    assertThat(file.path().resolveSibling(".")).isEmptyDirectory();
  }

  /** An earlier version wrote one for a batch of one task, too. */
  @Test
  void aFolderThatIsThereIsReadAsOne() throws Exception {
    assertThat(FolderNotes.of(root, key)).isEqualTo(SingleFile.of(root, key));
    BatchFolder.of(root, key).write(List.of("a"), List.of(PART));
    FolderNotes notes = FolderNotes.of(root, key);
    assertThat(notes).isEqualTo(BatchFolder.of(root, key));
    assertThat(notes.read().parts()).containsExactly(PART);
  }
}
