package io.twinflow.engine.server;

import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.engine.postgres.embedded.RunningPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Servers that share a folder and a database, each in a process that can be killed. */
final class Installation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final @Nullable PrivatePostgres database;
  private final List<ChildServer> servers = new ArrayList<>();

  /**
   * @param database that several servers share; null for one server with its own
   */
  Installation(Path folder, @Nullable PrivatePostgres database, int count) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.database = database;
    add(count);
  }

  /** Servers more. */
  synchronized void add(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      servers.add(start());
    }
  }

  /** The folder of their data. */
  Path data() {
    return folder.resolve("data");
  }

  private ChildServer start() throws IOException {
    Path data = data();
    Path log = log();
    String option = "-D" + FolderSiteConfiguration.PROPERTY + "=" + site();
    return database == null
        ? ChildServer.alone(data, log, option)
        : ChildServer.start(data, url(database), log, option);
  }

  static String url(PrivatePostgres database) {
    PGSimpleDataSource source = database.dataSource();
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
        .formatted(source.getPortNumbers()[0], source.getUser(), source.getPassword());
  }

  /** Where the site keeps what was done. */
  Path site() {
    return folder.resolve("site");
  }

  /** What all its servers have said. */
  Path log() {
    return folder.resolve("log");
  }

  /** Its database, as long as that runs. */
  DataSource database() throws IOException {
    return database != null
        ? database.dataSource()
        : RunningPostgres.find(folder.resolve("data/postgres"))
            .orElseThrow(() -> new IOException("no database runs in " + folder));
  }

  boolean isShared() {
    return servers.size() > 1;
  }

  synchronized List<ChildServer> servers() {
    return List.copyOf(servers);
  }

  void awaitUp() {
    servers().forEach(ChildServer::awaitUp);
  }

  synchronized void killServer(Random random) throws IOException {
    int which = random.nextInt(servers.size());
    servers.get(which).kill();
    servers.set(which, start());
  }

  /** Starts those again that ended by themselves, because the database was not there yet. */
  synchronized void supervise() throws IOException {
    for (int i = 0; i < servers.size(); i++) {
      if (!servers.get(i).isAlive()) {
        servers.set(i, start());
      }
    }
  }

  void killDatabase() throws IOException {
    ProcessHandle running = database == null ? ofPidFile() : database.process();
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  private @Nullable ProcessHandle ofPidFile() throws IOException {
    Path file = folder.resolve("data/postgres/db/postmaster.pid");
    if (!Files.exists(file)) {
      return null;
    }
    List<String> lines = Files.readAllLines(file);
    return lines.isEmpty()
        ? null
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElse(null);
  }

  /** Stops a server for longer than its lease, and lets it go on. */
  void pauseServer(Random random) throws IOException, InterruptedException {
    ChildServer server = servers.get(random.nextInt(servers.size()));
    server.signal("STOP");
    Thread.sleep(Duration.ofSeconds(7));
    server.signal("CONT");
  }

  interface Call {
    HttpResponse<String> to(ChildServer server) throws IOException, InterruptedException;
  }

  /**
   * Asks one server after the other, as a client behind a balancer does, until the answer is it.
   *
   * @throws NoSuchAnswer if it is not within some minutes, with the last one
   */
  HttpResponse<String> insist(Call call, Predicate<HttpResponse<String>> isIt) {
    Deque<HttpResponse<String>> answers = new ArrayDeque<>();
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            supervise();
            for (ChildServer server : servers()) {
              try {
                HttpResponse<String> answer = call.to(server);
                answers.clear();
                answers.add(answer);
                if (isIt.test(answer)) {
                  return true;
                }
              } catch (IOException e) {
                // It is dead, or not yet up.
              }
            }
            return false;
          });
    } catch (ConditionTimeoutException e) {
      throw new NoSuchAnswer(answers.peek(), e);
    }
    return answers.getFirst();
  }

  /** What was insisted on did not come. */
  static final class NoSuchAnswer extends AssertionError {
    private static final long serialVersionUID = 1L;

    NoSuchAnswer(@Nullable HttpResponse<String> last, ConditionTimeoutException cause) {
      super(
          "not in %d s; the last answer was %s"
              .formatted(
                  PATIENCE.toSeconds(),
                  last == null ? "none" : last.statusCode() + " " + last.body()),
          cause);
    }
  }

  @Override
  public void close() {
    servers.forEach(ChildServer::close);
    try {
      if (database == null) {
        killDatabase();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
