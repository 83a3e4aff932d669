package io.twinflow.engine.server;

import io.twinflow.engine.postgres.PreparedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** A server in a process of its own, that can be killed and paused. */
final class ChildServer implements AutoCloseable {

  private static final String OF_JVM = "-D";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final String HEAP = "-Xmx256m";

  private final Process process;
  private final int port;
  private final Path data;
  private final Path log;

  private ChildServer(Process process, int port, Path data, Path log) {
    this.log = log;
    this.process = process;
    this.port = port;
    this.data = data;
  }

  /**
   * Returns at once; {@link #awaitUp} waits.
   *
   * @param options besides, of the server, or of its JVM ({@code -D…})
   */
  static ChildServer start(Path data, String jdbcUrl, Path log, String... options)
      throws IOException {
    return start(
        data, log, HEAP, Stream.concat(Stream.of("--db", jdbcUrl), Stream.of(options)).toList());
  }

  /** With a database of its own. */
  static ChildServer alone(Path data, Path log, String... options) throws IOException {
    return start(data, log, HEAP, List.of(options));
  }

  /** With a heap and options of its own. */
  static ChildServer start(Path data, Path log, String heap, List<String> options)
      throws IOException {
    if (!options.contains("--db")) {
      PreparedPostgres.makeIn(data);
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
    options.stream().filter(option -> option.startsWith(OF_JVM)).forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--data",
            data.toString(),
            "--port",
            Integer.toString(port),
            "--allow-unsandboxed"));
    options.stream().filter(option -> !option.startsWith(OF_JVM)).forEach(command::add);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ChildServer(process, port, data, log);
  }

  /** Says what the server said, if it ends or does not come. */
  void awaitUp() {
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(4))
          .ignoreExceptions()
          .until(() -> !process.isAlive() || get("/api/v1/runs").statusCode() == 200);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the server does not come up; it said " + lastWords(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError(
          "the server ended with %d; it said %s".formatted(process.exitValue(), lastWords()));
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "what cannot be read: " + e;
    }
  }

  int port() {
    return port;
  }

  HttpRequest.Builder to(String path) throws IOException {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + Files.readString(data.resolve("admin-token")).strip());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** Its body is read as it comes. */
  HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
    return CLIENT.send(to(path).build(), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(to(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> postJson(String path, String json) throws IOException, InterruptedException {
    return CLIENT.send(
        to(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> postJson(String path, String json, String key)
      throws IOException, InterruptedException {
    return CLIENT.send(
        to(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return TestServer.JSON.readTree(get(path).body());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** It is to refuse to start. */
  void awaitEnd() {
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !process.isAlive());
    if (process.exitValue() == 0) {
      throw new AssertionError("the server ended well");
    }
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    kill();
  }
}
