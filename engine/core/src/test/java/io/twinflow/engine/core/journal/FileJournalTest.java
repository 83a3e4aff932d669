package io.twinflow.engine.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest extends JournalContract {

  @TempDir Path folder;

  @Override
  protected JournalStore store() {
    return new FileJournalStore(folder);
  }

  private Path file() {
    return folder.resolve(RUN.value()).resolve("journal");
  }

  /** Three appends of 1, 2 and 1 events; returns the file's length after each. */
  private int[] write() throws IOException {
    int[] ends = new int[3];
    try (Journal journal = store().create(RUN, "me")) {
      journal.append(0, 1, "a", owned(1, 1));
      ends[0] = (int) Files.size(file());
      journal.append(1, 1, "b", notices(2, "x", "y"));
      ends[1] = (int) Files.size(file());
      journal.append(3, 1, "c", notices(4, "z"));
      ends[2] = (int) Files.size(file());
    }
    return ends;
  }

  @Test
  void cutsATornAppendAtEveryByte() throws IOException {
    int[] ends = write();
    byte[] whole = Files.readAllBytes(file());
    for (int length = ends[0]; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      int expected = length < ends[1] ? 1 : 3;
      assertThat(read(store(), 0)).as("read at %d", length).hasSize(expected);
      assertThat(Files.size(file())).as("readers change nothing").isEqualTo(length);
      try (Journal journal = store().open(RUN, "me")) {
        assertThat(journal.head()).as("opened at %d", length).isEqualTo(expected);
        assertThat(journal.append(expected, 1, "d", notices(expected + 1L, "again")))
            .isEqualTo(new Appended.Accepted(expected + 1L));
      }
      assertThat(read(store(), 0)).hasSize(expected + 1);
    }
  }

  @Test
  void refusesAFlippedBitAtEveryByteAndNamesTheOffset() throws IOException {
    int[] ends = write();
    byte[] whole = Files.readAllBytes(file());
    for (int at = ends[0]; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file(), damaged);
      int frame = at < ends[1] ? ends[0] : ends[1];
      assertThatThrownBy(() -> store().open(RUN, "me"))
          .as("flipped at %d", at)
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("damaged at byte " + frame);
      assertThat(Files.readAllBytes(file())).as("left as it was").isEqualTo(damaged);
    }
  }

  @Test
  void takesBlocksThatWereNeverWrittenForATornAppend() throws IOException {
    int[] ends = write();
    byte[] whole = Files.readAllBytes(file());
    Arrays.fill(whole, ends[1] + 20, whole.length, (byte) 0);
    Files.write(file(), whole);
    try (Journal journal = store().open(RUN, "me")) {
      assertThat(journal.head()).isEqualTo(3);
    }
  }

  @Test
  void saysThatAFileIsNoJournalOrOfANewerTwinflow() throws IOException {
    write();
    Files.writeString(file(), "hello, this is something else");
    assertThatThrownBy(() -> store().open(RUN, "me")).hasMessageContaining("is not a journal");
    Files.writeString(file(), "twinflow-journal 9\n and so on");
    assertThatThrownBy(() -> store().open(RUN, "me")).hasMessageContaining("newer Twinflow");
  }

  @Test
  void refusesABlobThatWasChanged() throws IOException {
    Blobs blobs = store().blobs(RUN);
    String name = blobs.put("text");
    Files.writeString(folder.resolve(RUN.value()).resolve("blobs").resolve(name), "other");
    assertThatThrownBy(() -> blobs.get(name))
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining(name);
  }
}
