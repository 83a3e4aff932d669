package io.twinflow.engine.postgres;

import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The folder of a PostgreSQL with all tables, made once in a build: copying it takes a fraction of
 * what making one does.
 */
public final class PreparedPostgres {

  /** A database with all tables, to which nobody connects, so that it can be a template. */
  static final String READY = "ready";

  private static final String PROGRAMS = "programs";

  private PreparedPostgres() {}

  /** Starts one in a folder that may be there, as it was left. */
  public static PrivatePostgres start(Path folder) throws IOException, InterruptedException {
    if (!Files.exists(folder.resolve("db"))) {
      copyTo(folder);
    }
    return PrivatePostgres.start(folder);
  }

  /** Where a server will look for its own, if its folder is there and holds none yet. */
  public static void makeIn(Path data) throws IOException {
    Path folder = data.resolve("postgres");
    if (Files.isDirectory(data) && !Files.exists(folder)) {
      copyTo(folder);
    }
  }

  private static void copyTo(Path folder) throws IOException {
    Path prepared = prepared();
    Files.createDirectories(folder);
    Files.walkFileTree(prepared, new Copy(prepared, folder));
  }

  /** Another one when the migrations are others. */
  private static Path prepared() throws IOException {
    Path place = Path.of("target", "prepared-postgres-" + build()).toAbsolutePath();
    if (!Files.exists(place)) {
      prepare(place);
    }
    return place;
  }

  private static String build() throws IOException {
    Path classes;
    try {
      classes = Path.of(Schema.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("nobody knows where the migrations are", e);
    }
    Path migrations = classes.resolve("db/migration");
    Path place = Files.isDirectory(migrations) ? migrations : classes;
    long newest = 0;
    try (Stream<Path> files = Files.walk(place, 1)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
      }
    }
    return Long.toString(newest, Character.MAX_RADIX);
  }

  /** Of several that come at one time one makes it. */
  private static synchronized void prepare(Path place) throws IOException {
    Files.createDirectories(place.getParent());
    Path lock = place.resolveSibling("prepared-postgres.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (held.isValid() && !Files.exists(place)) {
        Path part = Files.createTempDirectory(place.getParent(), "preparing-");
        fill(part);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static void fill(Path folder) throws IOException {
    try (PrivatePostgres postgres = PrivatePostgres.start(folder)) {
      Schema.migrate(postgres.dataSource());
      execute(postgres, "CREATE DATABASE %s TEMPLATE postgres".formatted(READY));
    } catch (SQLException e) {
      throw new IOException("no database could be prepared", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a database was prepared");
    }
  }

  /** As one whose connection keeps no database from being a template. */
  static void execute(PrivatePostgres postgres, String statement) throws SQLException {
    PGSimpleDataSource source = postgres.dataSource();
    source.setDatabaseName("template1");
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** With permissions, on which PostgreSQL insists. */
  private static final class Copy extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
        throws IOException {
      Path target = to.resolve(from.relativize(source));
      if (!Files.exists(target)) {
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path source, BasicFileAttributes attributes)
        throws IOException {
      Path name = from.relativize(source);
      Path target = to.resolve(name);
      if (!name.getName(0).toString().startsWith(PROGRAMS) || !isLinked(source, target)) {
        Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Programs are never changed; another disk takes no links to them. */
    private static boolean isLinked(Path source, Path target) throws IOException {
      try {
        Files.createLink(target, source);
        return true;
      } catch (FileSystemException | UnsupportedOperationException e) {
        return false;
      }
    }
  }
}
