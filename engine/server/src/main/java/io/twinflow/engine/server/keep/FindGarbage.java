package io.twinflow.engine.server.keep;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what nothing needs any more, and removes nothing. What is younger than the time of grace is
 * left alone: somebody may just have begun to use it, and not have said so in a journal yet.
 */
@Component
final class FindGarbage {

  /** Copies are cheap to have and not to fetch. */
  private static final Duration NEAR = Duration.ofDays(7);

  /** By which the clocks of this machine and the database may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(10);

  private final JdbcClient database;
  private final FindReferences find;
  private final DataFolder folder;
  private final JsonMapper json;

  FindGarbage(DataSource database, FindReferences find, DataFolder folder, JsonMapper json) {
    this.database = JdbcClient.create(database);
    this.find = find;
    this.folder = folder;
    this.json = json;
  }

  /** Deleted runs, folders and cached calls of runs that are gone, and rows that were left. */
  List<Garbage> find(Duration grace) throws IOException {
    find.lookAtEnded();
    List<Garbage> runs =
        database
            .sql(
                """
                SELECT id, coalesce(bytes, 0) FROM run
                WHERE deleting < clock_timestamp() - make_interval(secs => ?) ORDER BY id
                """)
            .param(grace.toMillis() / 1e3)
            .query((row, number) ->
                new Garbage(
                    Garbage.Kind.DELETED_RUN,
                    row.getString(1),
                    row.getLong(2),
                    "was deleted, or kept no longer"))
            .list();
    Set<String> going = new HashSet<>();
    runs.forEach(run -> going.add(run.name()));
    References references = find.references(going);
    List<Garbage> found = new ArrayList<>();
    for (Garbage run : runs) {
      if (!references.isNeededByOpenRun(new RunId(run.name()))) {
        found.add(run);
      }
    }
    Set<String> known =
        new HashSet<>(
            database.sql("SELECT id FROM run").query((row, number) -> row.getString(1)).list());
    folders(found, known, references, Instant.now().minus(grace));
    cachedCalls(found, Instant.now().minus(grace));
    rows(found);
    return found;
  }

  private void folders(List<Garbage> found, Set<String> known, References references, Instant than)
      throws IOException {
    if (!Files.isDirectory(folder.runs())) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder.runs())) {
      for (Path each : (Iterable<Path>) folders::iterator) {
        String run = each.getFileName().toString();
        if (RunId.isValid(run)
            && !known.contains(run)
            && !references.keepsFiles(run)
            && Files.getLastModifiedTime(each).toInstant().isBefore(than)) {
          found.add(
              new Garbage(
                  Garbage.Kind.RUN_FOLDER,
                  "runs/" + run,
                  FolderTree.size(each),
                  "the run is gone, and no other names its files"));
        }
      }
    }
  }

  private void cachedCalls(List<Garbage> found, Instant than) throws IOException {
    Path cache = folder.folder().resolve("cache");
    if (!Files.isDirectory(cache)) {
      return;
    }
    Set<String> kept =
        new HashSet<>(
            database
                .sql("SELECT id FROM run WHERE deleting IS NULL")
                .query((row, number) -> row.getString(1))
                .list());
    try (Stream<Path> entries = Files.walk(cache)) {
      for (Path entry : (Iterable<Path>) entries.filter(Files::isRegularFile)::iterator) {
        if (entry.toString().endsWith(".json")
            && Files.getLastModifiedTime(entry).toInstant().isBefore(than)
            && !kept.contains(run(entry))) {
          found.add(
              new Garbage(
                  Garbage.Kind.CACHED_CALL,
                  folder.folder().relativize(entry).toString(),
                  Files.size(entry),
                  "the run that made it is gone"));
        }
      }
    }
  }

  /** Empty for a damaged entry, which is never used either. */
  private String run(Path entry) throws IOException {
    try {
      return json.readTree(Files.readString(entry)).path("run").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }

  /**
   * Since when a copy must not have been used to go: for a week, and since before the oldest run
   * that is under way began, so that no tool reads it.
   */
  Instant nearCopiesUnusedSince() {
    Instant old = Instant.now().minus(NEAR);
    return database
        .sql("SELECT min(created) FROM run WHERE ended IS NULL")
        .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)))
        .single()
        .map(oldest -> oldest.toInstant().minus(CLOCKS))
        .filter(oldest -> oldest.isBefore(old))
        .orElse(old);
  }

  private void rows(List<Garbage> found) {
    long blobs =
        database
            .sql(
                """
                SELECT coalesce(sum(octet_length(content)), 0) FROM blob b
                WHERE NOT EXISTS (SELECT FROM run r WHERE r.id = b.run)
                """)
            .query((row, number) -> row.getLong(1))
            .single();
    if (blobs > 0) {
      found.add(new Garbage(Garbage.Kind.ROWS, "blob", blobs, "texts of runs that are gone"));
    }
  }
}
