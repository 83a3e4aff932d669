package io.twinflow.engine.server.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose a run is, which never changes. Remembers some; safe for many threads. */
@Component
public final class RunSubjects {

  private static final int REMEMBERED = 10_000;

  private final JdbcClient database;
  private final Map<String, String> subjects =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  RunSubjects(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /** Whether there is such a run, which was completely made. */
  public boolean isMade(String run) {
    return database
        .sql("SELECT EXISTS (SELECT FROM run WHERE id = ? AND created IS NOT NULL)")
        .param(run)
        .query(Boolean.class)
        .single();
  }

  /** Empty if there is no such run. */
  public Optional<String> of(String run) {
    synchronized (subjects) {
      String known = subjects.get(run);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<String> found =
        database
            .sql("SELECT subject FROM run WHERE id = ?")
            .param(run)
            .query(String.class)
            .optional();
    found.ifPresent(subject -> {
      synchronized (subjects) {
        subjects.put(run, subject);
      }
    });
    return found;
  }
}
