package io.twinflow.engine.postgres;

import io.twinflow.engine.core.journal.JournalContract;
import io.twinflow.engine.core.journal.JournalStore;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresJournalIT extends JournalContract {

  @RegisterExtension private final TestDatabase database = new TestDatabase();

  private Instance instance;
  private PostgresJournalStore store;

  @BeforeEach
  void join() throws IOException {
    instance =
        Instance.join(
            database.source(),
            "process 7 on laptop",
            "default",
            Duration.ofSeconds(5),
            JournalMeter.NONE);
    store =
        new PostgresJournalStore(database.pool(), database.source(), instance, JournalMeter.NONE);
  }

  @AfterEach
  void leave() {
    store.close();
    instance.close();
  }

  @Override
  protected JournalStore store() {
    return store;
  }
}
