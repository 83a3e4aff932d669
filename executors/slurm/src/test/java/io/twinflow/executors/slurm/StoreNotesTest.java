package io.twinflow.executors.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.testing.MapPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreNotesTest {

  private static final int MOST_OF_ONE_PUT = 1 << 20;

  private final MapPlace place = new MapPlace();
  private final BatchKey key = new BatchKey("site", "r1", 1);
  private final StoreNotes notes = new StoreNotes(place, "sites/hpc/batches/b1/", key);

  private static Submission part(int number, int first, int tasks, String script) {
    return new Submission(
        "b1", "b1/" + number, script, "/tmp", "/tmp/%s.log", first, tasks, 1, 1, 16, 0, null);
  }

  @Test
  void whatWasWrittenFirstStays() throws Exception {
    assertThat(notes.exists()).isFalse();
    List<Submission> parts = List.of(part(0, 0, 2, "one"), part(1, 2, 1, "other"));
    BatchContent content = notes.write(List.of("a", "b", "c"), parts);
    assertThat(content.attempts()).containsExactly("a", "b", "c");
    assertThat(content.parts()).isEqualTo(parts);
    assertThat(content.isNew()).isTrue();
    assertThat(notes.exists()).isTrue();
    assertThat(notes.write(List.of("x"), List.of(part(0, 0, 1, "new"))))
        .isEqualTo(new BatchContent(List.of("a", "b", "c"), parts, content.written(), false));
    assertThat(notes.read())
        .isEqualTo(new BatchContent(List.of("a", "b", "c"), parts, content.written(), false));
  }

  @Test
  void aPartThatWasRefusedBecomesTwo() throws Exception {
    notes.write(List.of("a", "b", "c"), List.of(part(0, 0, 3, "one")));
    Submission rest = notes.split(0, part(0, 0, 3, "one"), 1);
    assertThat(rest).isEqualTo(part(0, 0, 3, "one").rest(key.value() + "/1"));
    assertThat(notes.read().parts()).containsExactly(part(0, 0, 1, "one"), rest);
  }

  @Test
  void jobsAreKnownWhenTheyAreWrittenDownAndAllIsGoneAfterwards() throws Exception {
    notes.write(List.of("a"), List.of(part(0, 0, 1, "one")));
    assertThat(notes.readJob(0)).isEmpty();
    notes.writeJob(0, 4711);
    assertThat(notes.readJob(0)).contains(4711L);
    notes.delete();
    assertThat(place.list("")).isEmpty();
    assertThatThrownBy(notes::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b1/content");
  }

  /** Ten parts of a thousand, each with a script as long as a bundle's. */
  @Test
  void theLargestBatchFitsIntoOnePut() throws Exception {
    List<String> attempts = new ArrayList<>();
    List<Submission> parts = new ArrayList<>();
    String script = "# a line of a script that is long\n".repeat(3_000);
    for (int i = 0; i < 10_000; i++) {
      attempts.add(
          new AttemptKey("installation", "r01234567890123456789", 100_000 + i, 10).value());
      if (i % 1_000 == 0) {
        parts.add(part(i / 1_000, i, 1_000, script));
      }
    }
    notes.write(attempts, parts);
    assertThat(place.find("sites/hpc/batches/b1/content").orElseThrow().size())
        .isLessThan(MOST_OF_ONE_PUT);
    assertThat(notes.read().parts()).isEqualTo(parts);
  }
}
