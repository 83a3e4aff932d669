package io.twinflow.engine.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.event.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beginning and the end of a journal are read without what lies between. */
final class FrameEndsTest {

  @TempDir private Path folder;

  private FileJournalStore store = new FileJournalStore(Path.of(""));

  @BeforeEach
  void openStore() {
    store = new FileJournalStore(folder);
  }

  private Path file() {
    return folder.resolve(JournalContract.RUN.value()).resolve("journal");
  }

  /** One append per text, after the first. */
  private void write(String... texts) throws IOException {
    try (Journal journal = store.create(JournalContract.RUN, "me")) {
      journal.append(0, 1, "a", JournalContract.owned(1, 1));
      for (String text : texts) {
        long head = journal.head();
        journal.append(head, 1, "b" + head, JournalContract.notices(head + 1, text, text));
      }
    }
  }

  private List<Long> sequences() throws IOException {
    List<Envelope> read = new ArrayList<>();
    store.readEnds(JournalContract.RUN, read::add);
    return read.stream().map(Envelope::sequence).toList();
  }

  @Test
  void readsTheFirstAndTheLastAppend() throws IOException {
    write("x", "y", "z");

    assertThat(sequences()).containsExactly(1L, 6L, 7L);
  }

  @Test
  void tellsTheOnlyAppendOnce() throws IOException {
    write();

    assertThat(sequences()).containsExactly(1L);
  }

  @Test
  void findsALastAppendThatIsLargerThanItsFirstLook() throws IOException {
    write("x", "long ".repeat(10_000));

    assertThat(sequences()).containsExactly(1L, 4L, 5L);
  }

  @Test
  void isContentWithTheFirstAppendWhereTheLastIsTornAtAnyByte() throws IOException {
    write("x", "y");
    byte[] whole = Files.readAllBytes(file());
    write(whole, whole.length);
    assertThat(sequences()).containsExactly(1L, 4L, 5L);
    for (int cut = 1; cut < 40; cut++) {
      write(whole, whole.length - cut);
      assertThat(sequences()).as("%d bytes are torn off", cut).containsExactly(1L);
    }
  }

  private void write(byte[] whole, int length) throws IOException {
    Files.write(file(), Arrays.copyOf(whole, length));
  }

  @Test
  void aJournalWithoutAnAppendHasNoEvents() throws IOException {
    write();
    write(Files.readAllBytes(file()), Frames.MAGIC.length);

    assertThat(sequences()).isEmpty();
  }

  @Test
  void refusesADamagedBeginning() throws IOException {
    write("x", "y");
    byte[] whole = Files.readAllBytes(file());
    whole[Frames.MAGIC.length + Frames.HEAD + 3] ^= 0x10;
    Files.write(file(), whole);

    assertThatThrownBy(this::sequences).isInstanceOf(DamagedJournalException.class);
  }

  @Test
  void aRunIsRemovedWithAllThatBelongsToIt() throws IOException {
    write("x");
    Path run = file().resolveSibling("");
    Files.createDirectories(run.resolve("work/1.1"));
    Files.writeString(run.resolve("work/1.1/stderr.log"), "12345");

    assertThat(store.size(JournalContract.RUN)).isGreaterThan(5 + Files.size(file()) - 1);
    try (Journal _ = store.open(JournalContract.RUN, "me")) {
      assertThat(store.isHeld(JournalContract.RUN)).isTrue();
      assertThatThrownBy(() -> store.delete(JournalContract.RUN, "you"))
          .isInstanceOf(OwnedElsewhereException.class);
    }
    assertThat(store.isHeld(JournalContract.RUN)).isFalse();
    store.delete(JournalContract.RUN, "you");
    assertThat(run).doesNotExist();
    assertThat(store.runs()).isEmpty();
  }
}
