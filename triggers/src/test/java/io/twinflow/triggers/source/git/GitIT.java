package io.twinflow.triggers.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.settings.Setting.Written;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.broker.Keeper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository behind git's own server for HTTP, which asks for a password. */
class GitIT {

  private static final String PLACE = "twinflow.yaml:3:5";
  private static final String GOOD =
      "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  private final Keeper keeper = new Keeper();
  private Git git;
  private HttpServer server;
  private Source source;

  @BeforeEach
  void start() throws Exception {
    git =
        Git.init().setDirectory(folder.resolve("models").toFile()).setInitialBranch("main").call();
    commit("first");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void close() {
    if (source != null) {
      source.close();
    }
    server.stop(0);
    git.close();
  }

  private void commit(String message) throws Exception {
    git.commit()
        .setAllowEmpty(true)
        .setSign(false)
        .setAuthor("ann", "ann@example.org")
        .setCommitter("ann", "ann@example.org")
        .setMessage(message)
        .call();
  }

  /** By CGI, as any web server has it. */
  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!GOOD.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
      exchange.sendResponseHeaders(401, -1);
      exchange.close();
      return;
    }
    ProcessBuilder backend = new ProcessBuilder("git", "http-backend");
    Map<String, String> environment = backend.environment();
    environment.put("GIT_PROJECT_ROOT", folder.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("GIT_CONFIG_COUNT", "1");
    environment.put("GIT_CONFIG_KEY_0", "safe.directory");
    environment.put("GIT_CONFIG_VALUE_0", "*");
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    String query = exchange.getRequestURI().getRawQuery();
    environment.put("QUERY_STRING", query == null ? "" : query);
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    pass(exchange, "Content-Type", "CONTENT_TYPE", environment);
    pass(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", environment);
    pass(exchange, "Git-Protocol", "GIT_PROTOCOL", environment);
    environment.put("CONTENT_LENGTH", Integer.toString(body.length));
    Process process = backend.start();
    try (var in = process.getOutputStream()) {
      in.write(body);
    }
    reply(exchange, process.getInputStream().readAllBytes());
  }

  private static void pass(
      HttpExchange exchange, String header, String variable, Map<String, String> environment) {
    String value = exchange.getRequestHeaders().getFirst(header);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  private static void reply(HttpExchange exchange, byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    int status = 200;
    for (String line : text.substring(0, end).split("\r\n", -1)) {
      String[] header = line.split(": ", 2);
      if (header[0].equals("Status")) {
        status = Integer.parseInt(header[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
    }
    int length = answer.length - end - 4;
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    new ByteArrayInputStream(answer, end + 4, length).transferTo(exchange.getResponseBody());
    exchange.close();
  }

  private Source open(String password) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), password + "\n");
    Map<String, Setting> fields = new LinkedHashMap<>();
    fields.put(
        "url",
        Setting.text(
            "http://127.0.0.1:%d/models/.git".formatted(server.getAddress().getPort()), PLACE));
    fields.put("every", Setting.text("1s", PLACE));
    fields.put("user", Setting.text("ann", PLACE));
    fields.put(
        "password",
        new Setting(
            new Written.Fields(Map.of("file", Setting.text(file.toString(), PLACE))), PLACE));
    Settings settings = Settings.of("sources", "models", fields, PLACE);
    Source opened = new GitType().open(settings);
    settings.end();
    return opened;
  }

  @Test
  void pushesAreEventsOverHttpAndOverARestart() throws Exception {
    source = open("secret");
    source.start(keeper);
    await().atMost(Duration.ofSeconds(30)).until(() -> keeper.position().isPresent());
    commit("second");
    await().atMost(Duration.ofSeconds(30)).until(() -> keeper.taken().size() == 1);
    source.close();
    commit("third");
    git.branchCreate().setName("topic").call();
    source = open("secret");
    source.start(keeper);
    await().atMost(Duration.ofSeconds(30)).until(() -> keeper.taken().size() == 3);
    assertThat(keeper.taken())
        .extracting(Message::subject)
        .containsExactly("refs/heads/main", "refs/heads/main", "refs/heads/topic");
    assertThat(keeper.taken()).extracting(Message::id).doesNotHaveDuplicates();
    assertThat(source.check().toString()).contains("has 2 such branches and tags");
  }

  @Test
  void aWrongPasswordIsSaidAndWhenItIsMendedItGoesOn() throws Exception {
    source = open("other");
    source.start(keeper);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(String.valueOf(source.state().trouble()))
                .contains("refuses user ann; see that token:, or user: and password:"));
    Files.writeString(folder.resolve("password"), "secret\n");
    await().atMost(Duration.ofSeconds(30)).until(() -> source.state().connected());
    assertThat(keeper.position().orElseThrow()).contains("refs/heads/main");
  }
}
