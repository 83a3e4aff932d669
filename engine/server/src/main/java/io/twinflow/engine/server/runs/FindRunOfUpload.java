package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the run that was made of an upload, when the server died between the two. The name of the
 * folder stands in what is pinned of each run, or in its inputs.
 */
@Component
final class FindRunOfUpload {

  private static final Duration BEFORE = Duration.ofMinutes(1);
  private static final Duration AFTER = Duration.ofHours(1);

  private final JdbcClient database;

  FindRunOfUpload(DataSource database) {
    this.database = JdbcClient.create(database);
  }

  /**
   * @param since about when it was uploaded
   */
  Optional<RunId> find(String folder, Instant since) {
    return database
        .sql(
            """
            SELECT id FROM run r WHERE created BETWEEN :from AND :to AND (
              EXISTS (SELECT FROM blob b WHERE b.run = r.id AND position(:name IN b.content) > 0)
              OR EXISTS (SELECT FROM journal j
                WHERE j.run = r.id AND j.first <= 1 AND position(:name IN j.lines) > 0))
            ORDER BY id LIMIT 1
            """)
        .param("from", Timestamp.from(since.minus(BEFORE)))
        .param("to", Timestamp.from(since.plus(AFTER)))
        .param("name", ("/" + folder + "/").getBytes(StandardCharsets.UTF_8))
        .query((row, number) -> new RunId(row.getString(1)))
        .optional();
  }
}
