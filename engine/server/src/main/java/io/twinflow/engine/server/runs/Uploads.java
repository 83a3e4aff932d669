package io.twinflow.engine.server.runs;

import io.twinflow.engine.server.boot.DataFolder;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where submissions put what they bring: a folder each, which lives as long as a run or a kept
 * workflow needs it.
 */
@Component
public final class Uploads {

  private static final Logger LOG = System.getLogger(Uploads.class.getName());
  private static final String PENDING = "pending:";

  private final DataFolder folder;
  private final JdbcClient database;

  Uploads(DataFolder folder, DataSource database) {
    this.folder = folder;
    this.database = JdbcClient.create(database);
  }

  /** Belongs to who asked, until it is given to a run or discarded. */
  public Path newFolder() throws IOException {
    Files.createDirectories(folder.uploads());
    return Files.createTempDirectory(folder.uploads(), "u");
  }

  /**
   * @param name a file name, or a path below the folder
   * @throws IOException if it leads out of the folder, or cannot be written
   */
  public void write(Path upload, String name, String text) throws IOException {
    Path file = upload.resolve(name).normalize();
    if (!file.startsWith(upload) || file.equals(upload)) {
      throw new IOException("%s leads out of the upload".formatted(name));
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /**
   * From now on the folder, and others that are needed with it, are kept, also when the server dies
   * before they are given to somebody. What is in the folder changes no more.
   */
  void hold(Path upload, Set<String> others) {
    protect(upload);
    List<String> all = new ArrayList<>(others);
    all.add(name(upload));
    database
        .sql("INSERT INTO upload_use (folder, used_by) SELECT unnest(?), ?")
        .params(all.toArray(String[]::new), PENDING + name(upload))
        .update();
  }

  /**
   * Who asked twice, because the first answer was lost, may have some of it already.
   *
   * @param user the id of a run or of a kept workflow
   */
  void give(Path upload, String user) {
    database
        .sql(
            """
            WITH given AS (DELETE FROM upload_use WHERE used_by = ? RETURNING folder)
            INSERT INTO upload_use (folder, used_by) SELECT folder, ? FROM given
            ON CONFLICT DO NOTHING
            """)
        .params(PENDING + name(upload), user)
        .update();
  }

  /** Nothing came of it: the folder goes. */
  public void discard(Path upload) {
    release(PENDING + name(upload));
    remove(upload);
  }

  /** The folders that a run or a kept workflow needs, by their names. */
  public Set<String> of(String user) {
    return Set.copyOf(
        database
            .sql("SELECT folder FROM upload_use WHERE used_by = ?")
            .param(user)
            .query((row, number) -> row.getString(1))
            .list());
  }

  /** The run or workflow is gone; folders that nobody else needs go with it. */
  public void release(String user) {
    List<String> released =
        database
            .sql("DELETE FROM upload_use WHERE used_by = ? RETURNING folder")
            .param(user)
            .query((row, number) -> row.getString(1))
            .list();
    for (String name : released) {
      if (!isUsed(name)) {
        remove(folder.uploads().resolve(name));
      }
    }
  }

  boolean isUsed(String name) {
    return !database
        .sql("SELECT 1 FROM upload_use WHERE folder = ? LIMIT 1")
        .param(name)
        .query(Integer.class)
        .list()
        .isEmpty();
  }

  Path all() {
    return folder.uploads();
  }

  void remove(Path upload) {
    try {
      if (Files.exists(upload)) {
        writable(upload);
        FolderTree.delete(upload);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be removed: {1}", upload, e.getMessage());
    }
  }

  static String name(Path upload) {
    return String.valueOf(upload.getFileName());
  }

  private static void protect(Path upload) {
    try (Stream<Path> all = Files.walk(upload)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.setPosixFilePermissions(
            path,
            PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be made read-only: {1}", upload, e.getMessage());
    }
  }

  private static void writable(Path upload) throws IOException {
    try (Stream<Path> all = Files.walk(upload)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (Files.isDirectory(path)) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
      }
    }
  }
}
