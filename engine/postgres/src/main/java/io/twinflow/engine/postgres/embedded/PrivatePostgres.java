package io.twinflow.engine.postgres.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of one's own in a folder, on loopback and behind a password that only the folder's
 * owner can read. Everything it acknowledged is on disk. If it dies it is started again on the same
 * port; one that a killed engine left behind is stopped first.
 *
 * <pre>
 * folder       programs-VERSION/  db/  password  log
 * </pre>
 */
public final class PrivatePostgres implements AutoCloseable {

  private static final Logger LOG = System.getLogger(PrivatePostgres.class.getName());
  private static final String USER = "twinflow";
  private static final String DATABASE = "postgres";
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration STOPPED = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final int SECRET_BYTES = 24;

  private final Path folder;
  private final Path programs;
  private final int port;
  private final String password;
  private final Thread keeper;
  private volatile @Nullable Process process;
  private volatile boolean closing;

  private PrivatePostgres(Path folder, Path programs, int port, String password) {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
    this.password = password;
    this.keeper = Thread.ofVirtual().name("postgres-keeper").unstarted(this::keep);
  }

  /**
   * Makes the database on first use and starts it; returns when it takes connections.
   *
   * @param folder belongs to this engine alone; the caller holds its lock
   */
  public static PrivatePostgres start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path programs = Binaries.unpackInto(folder.resolve("programs-" + version()));
    Path secret = folder.resolve("password");
    if (!Files.exists(secret)) {
      writeSecret(secret);
    }
    PrivatePostgres postgres =
        new PrivatePostgres(folder, programs, freePort(), Files.readString(secret).strip());
    postgres.stopLeftBehind();
    if (!Files.exists(postgres.db().resolve("PG_VERSION"))) {
      postgres.initialise(secret);
    }
    postgres.launch();
    postgres.awaitReady();
    postgres.keeper.start();
    return postgres;
  }

  private static String version() {
    return "15";
  }

  /** For a connection pool. */
  public PGSimpleDataSource dataSource() {
    return dataSource(port, password);
  }

  static PGSimpleDataSource dataSource(int port, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(DATABASE);
    source.setUser(USER);
    source.setPassword(password);
    return source;
  }

  /** The server's process, for tests that kill it. */
  public ProcessHandle process() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("PostgreSQL is not running");
    }
    return running.toHandle();
  }

  /** Waits until another process than this one takes connections. */
  public void awaitRestart(ProcessHandle before) throws IOException, InterruptedException {
    while (process().pid() == before.pid()) {
      Thread.sleep(BETWEEN_LOOKS);
    }
    awaitReady();
  }

  private Path db() {
    return folder.resolve("db");
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static void writeSecret(Path file) throws IOException {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    Path part =
        Files.createTempFile(
            file.getParent(),
            "secret",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, HexFormat.of().formatHex(bytes) + "\n", StandardCharsets.US_ASCII);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void initialise(Path secret) throws IOException, InterruptedException {
    Path part = Files.createTempDirectory(folder, "initialising-");
    run(
        List.of(
            program("initdb"),
            "--pgdata=" + part,
            "--username=" + USER,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums"));
    Files.move(part, db(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** After a kill -9 of an engine its PostgreSQL lives on and holds the folder. */
  private void stopLeftBehind() throws IOException, InterruptedException {
    Path pidFile = db().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
    ProcessHandle left = ProcessHandle.of(pid).filter(this::isOurs).orElse(null);
    if (left == null) {
      return;
    }
    LOG.log(Level.INFO, "stopping the PostgreSQL that an earlier engine left (process {0})", pid);
    stop();
  }

  private boolean isOurs(ProcessHandle candidate) {
    return candidate
        .info()
        .command()
        .map(command -> Path.of(command).startsWith(programs))
        .orElse(false);
  }

  private void launch() throws IOException {
    List<String> command = new ArrayList<>(apart());
    command.addAll(asOrdinaryUser());
    command.addAll(
        List.of(
            program("postgres"),
            "-D",
            db().toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on",
            "-c",
            "full_page_writes=on",
            "-c",
            "wal_compression=on",
            "-c",
            "max_wal_size=1GB",
            "-c",
            "shared_buffers=128MB",
            "-c",
            "max_connections=60",
            "-c",
            "log_min_messages=warning"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (true) {
      try (Connection connection = dataSource().getConnection()) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        if (!process().isAlive() && !keeper.isAlive()) {
          throw new IOException("PostgreSQL did not start:\n" + endOfLog(), e);
        }
        if (System.nanoTime() > end) {
          throw new IOException(
              "PostgreSQL takes no connections after %d s: %s\n%s"
                  .formatted(READY.toSeconds(), e.getMessage(), endOfLog()),
              e);
        }
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  private void keep() {
    try {
      while (!closing) {
        Process running = process;
        if (running != null) {
          running.waitFor();
        }
        if (!closing) {
          LOG.log(Level.WARNING, "PostgreSQL has ended and is started again; see {0}", log());
          Thread.sleep(Duration.ofMillis(200));
          launch();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "PostgreSQL cannot be started again: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    keeper.interrupt();
    try {
      stop();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "PostgreSQL could not be stopped: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() throws IOException, InterruptedException {
    run(
        List.of(
            program("pg_ctl"),
            "stop",
            "--pgdata=" + db(),
            "--mode=fast",
            "--wait",
            "--timeout=" + STOPPED.toSeconds()));
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(asOrdinaryUser());
    whole.addAll(command);
    Process tool =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    if (!tool.waitFor(2 * STOPPED.toSeconds(), TimeUnit.SECONDS)) {
      tool.destroyForcibly();
      throw new IOException(command.getFirst() + " does not end; see " + log());
    }
    if (tool.exitValue() != 0) {
      throw new IOException(
          "%s ended with %d:\n%s".formatted(command.getFirst(), tool.exitValue(), endOfLog()));
    }
  }

  private String program(String name) {
    return programs.resolve(name).toString();
  }

  /**
   * A Ctrl-C goes to all processes of a terminal's group, and the engine still needs its database
   * to stop in good order.
   */
  private static List<String> apart() {
    return Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
  }

  /**
   * PostgreSQL refuses to run as root. In a user namespace without a map root looks like nobody to
   * it, and the files stay root's.
   */
  private static List<String> asOrdinaryUser() {
    return "root".equals(System.getProperty("user.name"))
        ? List.of("unshare", "--user")
        : List.of();
  }
}
