package io.twinflow.engine.server.keep;

import io.twinflow.engine.postgres.FileUse;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.engine.server.runs.DeleteRuns;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.executors.api.files.FolderTree;
import io.twinflow.triggers.firing.ForgetEvents;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes what nothing needs any more. First runs are marked, and from then on nobody finds them;
 * after a time of grace their files go, then their rows, so that a sweep that is broken off goes on
 * with the next. One sweeps at a time, and none while a backup is made.
 */
@Component
public final class Sweep {

  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  /**
   * Longer than an engine can go on with what it decided before it lost its runs, and than a
   * decision takes to be committed.
   */
  static final Duration GRACE = Duration.ofMinutes(1);

  private final DataSource source;
  private final JdbcClient database;
  private final FindGarbage find;
  private final FindReferences references;
  private final Retention retention;
  private final DeleteRuns delete;
  private final DataFolder folder;
  private final StoreGarbage stored;
  private final NearCopies near;
  private final ForgetEvents events;

  Sweep(
      DataSource source,
      FindGarbage find,
      FindReferences references,
      Retention retention,
      DeleteRuns delete,
      DataFolder folder,
      StoreGarbage stored,
      NearCopies near,
      ForgetEvents events) {
    this.source = source;
    this.database = JdbcClient.create(source);
    this.find = find;
    this.references = references;
    this.retention = retention;
    this.delete = delete;
    this.folder = folder;
    this.stored = stored;
    this.near = near;
    this.events = events;
  }

  /** What would go now, or be marked to go. */
  public List<Garbage> dryRun() throws IOException {
    return dryRun(GRACE);
  }

  /**
   * @param grace since when a run was marked, or a file was made, before anything of it would go
   */
  public List<Garbage> dryRun(Duration grace) throws IOException {
    List<Garbage> found = found(grace);
    found.addAll(retention.due(references.references(Set.of())));
    return found;
  }

  private List<Garbage> found(Duration grace) throws IOException {
    List<Garbage> found = new ArrayList<>(find.find(grace));
    found.addAll(stored.find(grace));
    for (NearCopies.Unused copy : near.unused(find.nearCopiesUnusedSince())) {
      found.add(
          new Garbage(
              Garbage.Kind.NEAR_COPY,
              "near/" + copy.name(),
              copy.bytes(),
              "was not used for long, and can be fetched again"));
    }
    for (Map.Entry<String, Instant> since : retention.eventsSince(Instant.now()).entrySet()) {
      ForgetEvents.Old old = events.old(since.getKey(), since.getValue());
      if (old.events() > 0) {
        found.add(
            new Garbage(
                Garbage.Kind.EVENTS,
                since.getKey(),
                old.bytes(),
                "%d came longer ago than the rule keeps".formatted(old.events())));
      }
    }
    return found;
  }

  /** Marks what the rules keep no longer, and removes what was marked long enough ago. */
  public List<Garbage> sweep() throws IOException {
    return sweep(GRACE);
  }

  /**
   * @param grace since when a run was marked, or a file was made, before anything of it goes
   */
  public List<Garbage> sweep(Duration grace) throws IOException {
    try (Connection lock = source.getConnection()) {
      if (!FileUse.mayRemove(lock)) {
        return List.of();
      }
      try {
        return locked(grace);
      } finally {
        FileUse.done(lock);
      }
    } catch (SQLException e) {
      throw new IOException("the database: " + e.getMessage(), e);
    }
  }

  private List<Garbage> locked(Duration grace) throws IOException {
    references.lookAtEnded();
    List<Garbage> done = new ArrayList<>();
    for (Garbage run : retention.due(references.references(Set.of()))) {
      if (delete.mark(run.name())) {
        LOG.log(Level.INFO, "run {0} is kept no longer: {1}", run.name(), run.reason());
        done.add(run);
      }
    }
    List<Garbage> found = found(grace);
    Set<String> going = new HashSet<>();
    found.stream()
        .filter(garbage -> garbage.kind() == Garbage.Kind.DELETED_RUN)
        .forEach(run -> going.add(run.name()));
    References needed = references.references(going);
    for (Garbage garbage : found) {
      try {
        remove(garbage, needed);
        done.add(garbage);
      } catch (IOException | DataAccessException e) {
        LOG.log(Level.WARNING, "{0} cannot be removed yet: {1}", garbage.name(), e.getMessage());
      }
    }
    return done;
  }

  private void remove(Garbage garbage, References needed) throws IOException {
    Path place = folder.folder().resolve(garbage.name());
    switch (garbage.kind()) {
      case EXPIRED_RUN -> throw new IllegalStateException("is only marked: " + garbage.name());
      case DELETED_RUN -> {
        Path files = folder.runs().resolve(garbage.name());
        if (!needed.keepsFiles(garbage.name()) && Files.exists(files)) {
          FolderTree.delete(files);
        }
        delete.remove(garbage.name());
      }
      case RUN_FOLDER -> FolderTree.delete(place);
      case CACHED_CALL -> Files.deleteIfExists(place);
      case STORED -> stored.remove(garbage);
      case NEAR_COPY ->
          near.remove(garbage.name().substring("near/".length()), find.nearCopiesUnusedSince());
      case EVENTS -> forgetEvents(garbage.name());
      case ROWS ->
          database
              .sql("DELETE FROM blob b WHERE NOT EXISTS (SELECT FROM run r WHERE r.id = b.run)")
              .update();
    }
  }

  /** The rule may have been changed since they were found. */
  private void forgetEvents(String tenant) throws IOException {
    Instant since = retention.eventsSince(Instant.now()).get(tenant);
    if (since != null) {
      events.forget(tenant, since);
    }
  }
}
