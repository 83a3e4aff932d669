package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.chores.Chore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes what submissions left behind that never became runs, when the server died in between. */
@Component
public final class UploadSweep extends Chore {

  private static final Logger LOG = System.getLogger(UploadSweep.class.getName());
  private static final Duration GRACE = Duration.ofHours(6);
  private static final Duration KEYS_LIVE = Duration.ofDays(7);
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final String PENDING = "pending:";

  private record Pending(String usedBy, Instant since) {}

  private final Uploads uploads;
  private final FindRunOfUpload find;
  private final SubmissionKeys keys;
  private final JdbcClient database;

  UploadSweep(Uploads uploads, FindRunOfUpload find, SubmissionKeys keys, DataSource database) {
    super("upload-sweep", INTERVAL);
    this.uploads = uploads;
    this.find = find;
    this.keys = keys;
    this.database = JdbcClient.create(database);
  }

  @Override
  protected void once() {
    try {
      sweep(Instant.now().minus(GRACE));
      keys.forgetOlder(Instant.now().minus(KEYS_LIVE));
    } catch (IOException | DataAccessException e) {
      LOG.log(Level.WARNING, "left uploads cannot be looked for: {0}", e.getMessage());
    }
  }

  /** Of what is older; longer than any submission takes. */
  public void sweep(Instant than) throws IOException {
    for (Pending pending : pending(than)) {
      String folder = pending.usedBy().substring(PENDING.length());
      Optional<RunId> run = find.find(folder, pending.since());
      if (run.isPresent()) {
        uploads.give(uploads.all().resolve(folder), run.get().value());
      } else {
        uploads.release(pending.usedBy());
      }
    }
    if (!Files.isDirectory(uploads.all())) {
      return;
    }
    try (Stream<Path> folders = Files.list(uploads.all())) {
      for (Path folder : (Iterable<Path>) folders::iterator) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(than)
            && !uploads.isUsed(Uploads.name(folder))) {
          uploads.remove(folder);
        }
      }
    }
  }

  private List<Pending> pending(Instant than) {
    return database
        .sql("SELECT DISTINCT used_by, since FROM upload_use WHERE used_by LIKE ? AND since < ?")
        .params(PENDING + "%", Timestamp.from(than))
        .query((row, number) -> new Pending(row.getString(1), row.getTimestamp(2).toInstant()))
        .list();
  }
}
