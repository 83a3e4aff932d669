package io.twinflow.engine.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.postgres.Instance;
import io.twinflow.engine.postgres.JournalMeter;
import io.twinflow.engine.postgres.Pool;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.Schema;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.engine.server.security.Caller;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** The database goes away while the run of a submission with a key is made. */
final class SubmissionKeysIT {

  private static final Caller CALLER = new Caller("default", "ann", false);
  private static final String SHA = "00ff";

  @TempDir private Path folder;

  @Test
  void aSubmissionWhoseRunWasNotMadeCanBeSentAgainAtOnce() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    try (PrivatePostgres postgres = PreparedPostgres.start(folder);
        var pool = Pool.of(postgres.dataSource(), "test", 4, Duration.ofSeconds(10))) {
      Schema.migrate(pool);
      try (Instance instance =
          Instance.join(
              postgres.dataSource(), "me", "default", Duration.ofMinutes(1), JournalMeter.NONE)) {
        DataSource database = thatCanGo(pool, gone);
        SubmissionKeys keys = new SubmissionKeys(database, new FindRunOfUpload(database), instance);
        Path first = Path.of("uploads", "one");
        assertThat(keys.begin(CALLER, "key", SHA, first)).isEmpty();
        assertThatThrownBy(() -> keys.begin(CALLER, "key", SHA, Path.of("uploads", "two")))
            .as("while it is being made")
            .isInstanceOf(KeyRefusedException.class);
        gone.set(true);
        assertThatThrownBy(() -> keys.forget(CALLER, "key", first))
            .isInstanceOf(DataAccessException.class);
        gone.set(false);
        assertThat(keys.begin(CALLER, "key", SHA, Path.of("uploads", "three"))).isEmpty();
        assertThatThrownBy(() -> keys.begin(CALLER, "key", SHA, Path.of("uploads", "four")))
            .isInstanceOf(KeyRefusedException.class);
      }
    }
  }

  private static DataSource thatCanGo(DataSource database, AtomicBoolean gone) {
    return (DataSource)
        Proxy.newProxyInstance(
            SubmissionKeysIT.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (gone.get()) {
                throw new SQLException("connection refused");
              }
              try {
                return method.invoke(database, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
