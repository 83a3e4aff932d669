package io.twinflow.engine.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.EveryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every kind of journal must do. */
public abstract class JournalContract {

  protected static final RunId RUN = EveryEvent.RUN;

  /** A store that keeps its journals for the length of one test. */
  protected abstract JournalStore store() throws IOException;

  protected static Envelope envelope(long sequence, Event event) {
    return new Envelope("default", RUN, sequence, Instant.EPOCH, "engine", "0.1", event);
  }

  protected static List<Envelope> owned(long sequence, long epoch) {
    return List.of(envelope(sequence, new Event.RunOwned(epoch, "test")));
  }

  protected static List<Envelope> notices(long sequence, String... texts) {
    List<Envelope> events = new ArrayList<>();
    for (String text : texts) {
      events.add(envelope(sequence + events.size(), new Event.NoticeGiven(text)));
    }
    return events;
  }

  protected static List<Envelope> read(JournalStore store, long after) throws IOException {
    List<Envelope> events = new ArrayList<>();
    store.read(RUN, after, events::add);
    return events;
  }

  @Test
  void keepsEverythingAcceptedInOrder() throws IOException {
    JournalStore store = store();
    List<Envelope> all = EveryEvent.envelopes(1);
    try (Journal journal = store.create(RUN, "me")) {
      assertThat(journal.append(0, 2, "a", all)).isEqualTo(new Appended.Accepted(all.size()));
      assertThat(journal.head()).isEqualTo(all.size());
    }
    assertThat(read(store, 0)).isEqualTo(all);
    assertThat(read(store, 3)).isEqualTo(all.subList(3, all.size()));
    try (Journal journal = store.open(RUN, "me")) {
      assertThat(journal.head()).isEqualTo(all.size());
    }
  }

  @Test
  void refusesAnAppendThatExpectsAnotherHead() throws IOException {
    try (Journal journal = store().create(RUN, "me")) {
      journal.append(0, 1, "a", owned(1, 1));
      assertThat(journal.append(0, 1, "b", notices(1, "x"))).isInstanceOf(Appended.Refused.class);
      assertThat(journal.append(2, 1, "c", notices(3, "x"))).isInstanceOf(Appended.Refused.class);
      assertThat(journal.head()).isEqualTo(1);
    }
  }

  @Test
  void refusesAStaleOwner() throws IOException {
    try (Journal journal = store().create(RUN, "me")) {
      journal.append(0, 1, "a", owned(1, 1));
      journal.append(1, 2, "b", owned(2, 2));
      assertThat(journal.append(2, 1, "c", notices(3, "late")))
          .isInstanceOf(Appended.Refused.class);
      assertThat(journal.append(2, 3, "d", notices(3, "not taken over")))
          .isInstanceOf(Appended.Refused.class);
    }
  }

  @Test
  void findsAnAppendWhoseAnswerWasLost() throws IOException {
    try (Journal journal = store().create(RUN, "me")) {
      journal.append(0, 1, "first", owned(1, 1));
      assertThat(journal.find("first")).hasValue(1);
      assertThat(journal.find("never")).isEmpty();
    }
  }

  @Test
  void belongsToOneOwnerAtATime() throws IOException {
    JournalStore store = store();
    try (Journal journal = store.create(RUN, "process 7 on laptop")) {
      assertThat(journal.head()).isZero();
      assertThatThrownBy(() -> store.open(RUN, "other"))
          .isInstanceOf(OwnedElsewhereException.class)
          .hasMessageContaining("process 7 on laptop");
    }
    store.open(RUN, "other").close();
  }

  @Test
  void readsWhileAnOwnerWrites() throws IOException {
    JournalStore store = store();
    try (Journal journal = store.create(RUN, "me")) {
      journal.append(0, 1, "a", owned(1, 1));
      assertThat(read(store, 0)).hasSize(1);
      journal.append(1, 1, "b", notices(2, "x", "y"));
      assertThat(read(store, 1)).isEqualTo(notices(2, "x", "y"));
    }
  }

  @Test
  void keepsEventsOfAnySize() throws IOException {
    JournalStore store = store();
    List<Envelope> large = notices(2, "ü".repeat(200_000), "small");
    try (Journal journal = store.create(RUN, "me")) {
      journal.append(0, 1, "a", owned(1, 1));
      journal.append(1, 1, "b", large);
    }
    assertThat(read(store, 1)).isEqualTo(large);
  }

  @Test
  void listsRunsNewestFirst() throws IOException {
    JournalStore store = store();
    RunId later = new RunId("20261121-093012-k3x9qa");
    store.create(RUN, "me").close();
    store.create(later, "me").close();
    assertThat(store.runs()).containsExactly(later, RUN);
    assertThat(store.exists(new RunId("20261122-093012-k3x9qa"))).isFalse();
  }

  @Test
  void keepsBlobsByContent() throws IOException {
    Blobs blobs = store().blobs(RUN);
    String name = blobs.put("text");
    assertThat(blobs.put("text")).isEqualTo(name);
    assertThat(blobs.get(name)).isEqualTo("text");
    assertThatThrownBy(() -> blobs.get("0".repeat(64))).isInstanceOf(DamagedJournalException.class);
  }

  private static String saved(JournalStore store) throws IOException {
    Optional<InputStream> newest = store.folds(RUN).newest();
    if (newest.isEmpty()) {
      return "nothing";
    }
    try (InputStream in = newest.get()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static SavedFolds.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTheNewestFoldOfARunUntilItIsForgotten() throws IOException {
    JournalStore store = store();
    store.create(RUN, "me").close();
    assertThat(saved(store)).isEqualTo("nothing");
    SavedFolds folds = store.folds(RUN);
    folds.save(7, text("first"));
    folds.save(9, text("second ".repeat(300_000)));
    assertThat(saved(store)).isEqualTo("second ".repeat(300_000));
    folds.save(9, text("the same again"));
    assertThat(saved(store)).isEqualTo("the same again");
    folds.forget();
    folds.forget();
    assertThat(saved(store)).isEqualTo("nothing");
  }

  @Test
  void keepsTheFoldOfBeforeIfTheNextCannotBeWritten() throws IOException {
    JournalStore store = store();
    store.create(RUN, "me").close();
    SavedFolds folds = store.folds(RUN);
    folds.save(7, text("first"));
    SavedFolds.Content half =
        out -> {
          text("x".repeat(1_000_000)).writeTo(out);
          throw new IOException("enough");
        };
    assertThatThrownBy(() -> folds.save(9, half)).hasMessageContaining("enough");
    assertThat(saved(store)).isEqualTo("first");
  }

  @Test
  void removesASavedFoldWithItsRun() throws IOException {
    JournalStore store = store();
    store.create(RUN, "me").close();
    long before = store.size(RUN);
    store.folds(RUN).save(1, text("x".repeat(1_000)));
    assertThat(store.size(RUN)).isGreaterThanOrEqualTo(before + 1_000);
    store.delete(RUN, "me");
    assertThat(saved(store)).isEqualTo("nothing");
  }
}
