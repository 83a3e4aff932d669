package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleNotesTest {

  private static final Submission PART =
      new Submission("b1", "b1/0", "one\nscript", "/tmp", "/tmp/%s.log", 0, 1, 1, 1, 16, 0, null);

  /** As a tool's own text may have it. */
  private static final String WORDS = "key='ä\njob b1 7\nbatch b1 0 0\n'\n";

  private final BatchKey key = new BatchKey("site", "r1", 1);
  private final BatchKey next = new BatchKey("site", "r1", 2);
  @TempDir private Path root;

  /** As an engine has them that knows what it has written itself. */
  private final class Engine {
    private final Ledger ledger = Ledger.of(root);

    SingleNotes of(BatchKey batch) {
      return new SingleNotes(ledger, batch);
    }

    BatchContent write(BatchKey batch) throws IOException {
      return of(batch).write(batch.value(), PART, WORDS);
    }
  }

  private Engine first;

  @BeforeEach
  void start() {
    first = new Engine();
  }

  private Path folder() {
    return first.ledger.folder(key).resolve("notes");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder())) {
      return all.toList();
    }
  }

  private Path file() throws IOException {
    assertThat(files()).hasSize(1);
    return files().getFirst();
  }

  private static String words(SingleNotes notes) throws IOException {
    RunNotes.Note note = notes.find().orElseThrow();
    byte[] all = Files.readAllBytes(note.file());
    int from = Math.toIntExact(note.place().wordsFrom());
    return new String(all, from, note.place().words(), StandardCharsets.UTF_8);
  }

  @Test
  void whatWasWrittenFirstStays() throws Exception {
    assertThat(first.of(key).exists()).isFalse();
    BatchContent content = first.write(key);
    assertThat(content.isNew()).isTrue();
    BatchContent there =
        new BatchContent(List.of(key.value()), List.of(PART), content.written(), false);
    for (Engine engine : List.of(first, new Engine())) {
      SingleNotes notes = engine.of(key);
      assertThat(notes.exists()).isTrue();
      assertThat(notes.write("another", PART, "")).isEqualTo(there);
      assertThat(notes.read()).isEqualTo(there);
      assertThat(notes.readJob(0)).isEmpty();
      assertThat(words(notes)).isEqualTo(WORDS);
    }
  }

  @Test
  void onlyItsOwnerCanLookIntoIt() throws Exception {
    first.write(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    for (Path folder : List.of(folder(), folder().resolveSibling("."))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
  }

  /** Neither has seen the other's before it writes its own. */
  @Test
  void ofTwoWhoDoTheSameOneAtLeastSeesIt() throws Exception {
    Engine second = new Engine();
    second.write(next);
    RunNotes known = second.ledger.of(key);
    first.write(key);
    assertThat(known.add(key.value(), "a", PART, WORDS).isNew()).isFalse();
    known.end(key.value());
    assertThat(first.of(key).read().attempts()).containsExactly(key.value());
  }

  @Test
  void manyOfAnEngineAreInOneFileAndOthersReadThemAsTheyCome() throws Exception {
    Engine second = new Engine();
    for (int number = 1; number <= 20; number++) {
      BatchKey batch = new BatchKey("site", "r1", number);
      assertThat(first.write(batch).isNew()).isTrue();
      first.of(batch).writeJob(0, 100 + number);
      assertThat(second.of(batch).read().attempts()).containsExactly(batch.value());
      assertThat(second.of(batch).readJob(0)).contains(100L + number);
      assertThat(words(second.of(batch))).isEqualTo(WORDS);
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void noFileHasMoreThanAThousand() throws Exception {
    for (int number = 1; number <= 1_001; number++) {
      first.write(new BatchKey("site", "r1", number));
    }
    assertThat(files()).hasSize(2);
    assertThat(new Engine().of(new BatchKey("site", "r1", 1_001)).exists()).isTrue();
  }

  /** As a full disk or a crash leaves it. */
  @Test
  void whereverItWasCutItIsNoBatchAndIsWrittenAnewButNotAsANewOne() throws Exception {
    first.write(next);
    int begin = Files.readAllBytes(file()).length;
    first.write(key);
    Path written = file();
    byte[] whole = Files.readAllBytes(written);
    for (int length = begin; length < whole.length; length++) {
      Files.write(written, Arrays.copyOf(whole, length));
      Engine second = new Engine();
      assertThat(second.of(key).exists()).as("with %d bytes", length).isFalse();
      assertThat(second.of(next).exists()).isTrue();
      // With no byte of it nobody can have submitted anything.
      assertThat(second.write(key).isNew()).as("with %d bytes", length).isEqualTo(length == begin);
      second.of(key).delete();
    }
  }

  @Test
  void aCutOneMakesNoneOfAnotherKeyDoubtful() throws Exception {
    first.write(key);
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    assertThat(new Engine().write(next).isNew()).isTrue();
  }

  @Test
  void whatAnotherIsJustWritingIsReadWhenItIsWhole() throws Exception {
    first.write(key);
    Path written = file();
    byte[] whole = Files.readAllBytes(written);
    Files.write(written, Arrays.copyOf(whole, 40));
    Engine second = new Engine();
    assertThat(second.of(key).exists()).isFalse();
    Files.write(written, whole);
    assertThat(second.of(key).read().parts()).containsExactly(PART);
  }

  /** Then Slurm is asked for it. */
  @Test
  void aJobThatIsHalfWrittenDownIsNotKnown() throws Exception {
    first.write(key);
    int begin = Files.readAllBytes(file()).length;
    first.of(key).writeJob(0, 4711);
    byte[] whole = Files.readAllBytes(file());
    for (int length = begin; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      SingleNotes notes = new Engine().of(key);
      assertThat(notes.exists()).isTrue();
      assertThat(notes.readJob(0)).as("with %d bytes", length).isEmpty();
    }
  }

  @Test
  void aJobThatAnotherEngineFoundIsKnownToTheNext() throws Exception {
    first.write(key);
    new Engine().of(key).writeJob(0, 4711);
    assertThat(new Engine().of(key).readJob(0)).contains(4711L);
  }

  @Test
  void whatHasEndedIsGoneWithItsWordsAndTheFileGoesWithTheLast() throws Exception {
    first.write(key);
    first.write(next);
    Files.writeString(first.of(key).errors(), "slurmstepd: error\n");
    first.of(key).delete();
    assertThat(first.of(key).errors()).doesNotExist();
    assertThat(Files.readString(file())).containsOnlyOnce("key='ä");
    Engine second = new Engine();
    assertThat(second.of(key).exists()).isFalse();
    assertThat(words(second.of(next))).isEqualTo(WORDS);
    second.of(next).delete();
    assertThat(folder()).isEmptyDirectory();
    assertThat(first.of(key).exists()).isFalse();
    assertThat(first.write(key).isNew()).isTrue();
  }

  @Test
  void afterAnErrorItGoesOnInAnotherFile() throws Exception {
    first.write(key);
    Path there = file();
    Files.delete(there);
    Files.createDirectory(there);
    assertThatThrownBy(() -> first.write(next)).isInstanceOf(IOException.class);
    Files.delete(there);
    assertThat(first.write(next).isNew()).isTrue();
    assertThat(new Engine().of(next).exists()).isTrue();
  }

  @Test
  void whatCannotBeReadSaysWhere() throws Exception {
    first.write(key);
    Files.writeString(file(), "what is this\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> new Engine().of(key).exists())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read at")
        .hasMessageContaining("what is this");
  }

  @Test
  void runsWithoutBatchesAreNotRemembered() throws Exception {
    assertThat(first.of(key).exists()).isFalse();
    first.write(key);
    assertThat(first.ledger.runs()).hasSize(1);
    first.of(key).delete();
    assertThat(first.ledger.runs()).isEmpty();
  }

  /** An earlier version wrote one for a batch of one task, too. */
  @Test
  void aFolderThatIsThereIsReadAsOne() throws Exception {
    assertThat(FolderNotes.of(first.ledger, key)).isEqualTo(first.of(key));
    BatchFolder.of(root, key).write(List.of("a"), List.of(PART));
    FolderNotes notes = FolderNotes.of(first.ledger, key);
    assertThat(notes).isEqualTo(BatchFolder.of(root, key));
    assertThat(notes.read().parts()).containsExactly(PART);
  }
}
