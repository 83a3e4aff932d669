package io.twinflow.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.OwnedElsewhereException;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The database dies while an engine that lives on takes a run, or gives it back: the run must not
 * stay with an engine that does not know of it.
 */
final class LostClaimIT {

  private static final RunId RUN = new RunId("20261120-093012-aa0001");
  private static final RunId OTHER = new RunId("20261120-093012-aa0002");

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private LosesAnswers pool;
  private Instance instance;
  private PostgresJournalStore store;
  private Sql sql;

  @BeforeEach
  void join() throws IOException {
    pool = new LosesAnswers(database.pool());
    sql = new Sql(database.pool());
    instance =
        Instance.join(
            database.source(), "one", "default", Duration.ofMinutes(1), JournalMeter.NONE);
    store = new PostgresJournalStore(pool, database.source(), instance, JournalMeter.NONE);
  }

  @AfterEach
  void leave() {
    store.close();
    instance.close();
  }

  private void make(RunId run) throws IOException {
    store.create(run, "").close();
    sql.change("UPDATE run SET admitted = now() WHERE id = ?", run.value());
  }

  private boolean isOwned(RunId run) throws IOException {
    return sql.list(
            "SELECT owner IS NOT NULL FROM run WHERE id = ?", row -> row.getBoolean(1), run.value())
        .getFirst();
  }

  @Test
  void aRunWhoseClaimWasMadeWithoutAnAnswerIsTakenUpAgain() throws Exception {
    make(RUN);
    pool.loseNext();
    assertThatThrownBy(() -> store.open(RUN, "")).hasMessageContaining("terminating");
    assertThat(isOwned(RUN)).isTrue();
    assertThat(store.waiting(10)).containsExactly(RUN);
    store.open(RUN, "").close();
  }

  @Test
  void aRunThatCouldNotBeGivenBackIsGivenBackLater() throws Exception {
    make(RUN);
    Journal journal = store.open(RUN, "");
    pool.refuse(true);
    journal.close();
    assertThatThrownBy(() -> store.waiting(10)).hasMessageContaining("refused");
    pool.refuse(false);
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> store.waiting(10).contains(RUN));
    store.open(RUN, "").close();
  }

  @Test
  void aNewRunThatNobodyWasToldOfIsOwnedByNobody() throws Exception {
    pool.loseNext();
    assertThatThrownBy(() -> store.create(RUN, "")).hasMessageContaining("terminating");
    assertThat(isOwned(RUN)).isTrue();
    assertThat(store.waiting(10)).isEmpty();
    assertThat(isOwned(RUN)).isFalse();
  }

  @Test
  void whatIsHeldIsNotGivenBack() throws Exception {
    make(RUN);
    make(OTHER);
    Journal held = store.open(OTHER, "");
    pool.loseNext();
    assertThatThrownBy(() -> store.open(RUN, "")).hasMessageContaining("terminating");
    pool.loseNext();
    assertThatThrownBy(() -> store.open(OTHER, "")).isNotNull();
    assertThat(store.waiting(10)).containsExactly(RUN);
    assertThatThrownBy(() -> store.open(OTHER, "")).isInstanceOf(OwnedElsewhereException.class);
    held.close();
    assertThat(store.waiting(10)).containsExactly(RUN, OTHER);
  }
}
