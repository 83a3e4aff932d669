package io.twinflow.engine.server.keep;

import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads from the journals which runs name which. A run that has ended is looked at once, because
 * its journal changes no more; what was found is kept with it.
 */
@Component
final class FindReferences {

  private static final String RUN = "[0-9]{8}-[0-9]{6}-[a-z0-9]{6}";

  /** Uploads and fetched inputs, as they are called in a store. */
  private static final String STORED = "/((?:uploads|inputs)/[A-Za-z0-9._-]+)";

  /** As in the path of a file. */
  private static final String IN_PATH = "/(" + RUN + ")/";

  private static final String ANYWHERE = "(" + RUN + ")";

  private final JdbcClient database;
  private final DataFolder folder;

  FindReferences(DataSource database, DataFolder folder) {
    this.database = JdbcClient.create(database);
    this.folder = folder;
  }

  /** Looks at the runs that ended since; may take a while when there are many. */
  void lookAtEnded() throws IOException {
    List<String> runs =
        database
            .sql(
                "SELECT id FROM run WHERE ended IS NOT NULL AND (needs IS NULL OR bytes IS NULL OR stored IS NULL)")
            .query((row, number) -> row.getString(1))
            .list();
    for (String run : runs) {
      // An engine that died right after the run's end could not.
      database.sql("DELETE FROM saved_fold WHERE run = :run").param("run", run).update();
      database
          .sql(
              """
              UPDATE run r SET bytes = :files
                  + (SELECT coalesce(sum(octet_length(lines)), 0) FROM journal WHERE run = r.id)
                  + (SELECT coalesce(sum(octet_length(content)), 0) FROM blob WHERE run = r.id),
                needs = ARRAY(%s),
                stored = ARRAY(%s)
              WHERE id = :run
              """
                  .formatted(named("r.id"), stored("r.id")))
          .param("stored", STORED)
          .param("files", size(folder.runs().resolve(run)))
          .param("pattern", IN_PATH)
          .param("run", run)
          .update();
    }
  }

  private static long size(Path folder) throws IOException {
    return Files.isDirectory(folder) ? FolderTree.size(folder) : 0;
  }

  private static String named(String run) {
    return """
    SELECT found[1] FROM journal j, regexp_matches(convert_from(j.lines, 'UTF8'), :pattern, 'g') found
      WHERE j.run = %1$s AND found[1] <> %1$s
    UNION
    SELECT found[1] FROM blob b, regexp_matches(convert_from(b.content, 'UTF8'), :pattern, 'g') found
      WHERE b.run = %1$s AND found[1] <> %1$s\
    """
        .formatted(run);
  }

  private static String stored(String run) {
    return """
    SELECT found[1] FROM journal j, regexp_matches(convert_from(j.lines, 'UTF8'), :stored, 'g') found
      WHERE j.run = %1$s
    UNION
    SELECT found[1] FROM blob b, regexp_matches(convert_from(b.content, 'UTF8'), :stored, 'g') found
      WHERE b.run = %1$s\
    """
        .formatted(run);
  }

  /**
   * The uploads and fetched inputs that runs name; those of a run that is deleted until it goes.
   */
  Set<String> stored() {
    return Set.copyOf(
        database
            .sql(
                """
                SELECT unnest(stored) FROM run WHERE stored IS NOT NULL
                UNION
                SELECT n FROM run r, LATERAL (%s) AS named (n) WHERE r.stored IS NULL
                UNION
                SELECT 'uploads/' || folder FROM upload_use
                """
                    .formatted(stored("r.id")))
            .param("stored", STORED)
            .query((row, number) -> row.getString(1))
            .list());
  }

  /**
   * @param but runs that are about to be removed, whose needs do not count
   */
  References references(Set<String> but) {
    Set<String> open =
        Set.copyOf(
            database
                .sql(
                    "SELECT DISTINCT n FROM run r, LATERAL (%s) AS named (n) WHERE r.ended IS NULL OR r.needs IS NULL"
                        .formatted(named("r.id")))
                .param("pattern", ANYWHERE)
                .query((row, number) -> row.getString(1))
                .list());
    Set<String> files = new HashSet<>();
    database
        .sql("SELECT id, unnest(needs) FROM run WHERE needs IS NOT NULL")
        .query(row -> {
          if (!but.contains(row.getString(1))) {
            files.add(row.getString(2));
          }
        });
    return new References(open, files);
  }
}
