package io.twinflow.engine.server;

import io.twinflow.engine.cli.Twinflow;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.server.boot.ServerSettings;
import io.twinflow.engine.server.boot.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole server in this JVM, in a folder and on a port of its own. */
final class TestServer implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();

  private final ConfigurableApplicationContext context;
  private final String token;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Promises promises = new Promises(this::open);

  private TestServer(ConfigurableApplicationContext context, String token) {
    this.context = context;
    this.token = token;
  }

  static TestServer start(Path data) throws IOException {
    return start(ServerSettings.in(data).withTrust(Trust.IN_TOOLS));
  }

  static TestServer start(ServerSettings settings) throws IOException {
    if (settings.db() == null) {
      PreparedPostgres.makeIn(settings.data());
    }
    ConfigurableApplicationContext context = TwinflowServer.start(settings);
    return new TestServer(
        context, Files.readString(settings.data().resolve("admin-token")).strip());
  }

  /** The same server as somebody else sees it, who is made for that. */
  TestServer as(String subject) throws Exception {
    return as(subject, "");
  }

  /**
   * @param more fields of the token, with a comma before each
   */
  TestServer as(String subject, String more) throws Exception {
    HttpResponse<String> made =
        postJson(
            "/api/v1/tokens",
            "{\"subject\": \"%s\", \"name\": \"test-%d\"%s}"
                .formatted(subject, System.nanoTime(), more));
    return new TestServer(context, JSON.readTree(made.body()).get("token").asString());
  }

  /** A part of the server, for what no interface offers. */
  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  String url(String path) {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Bearer " + token);
  }

  /** Answers are looked at as their interface is described, by itself or by its standard. */
  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpRequest asked = request.build();
    HttpResponse<String> answer = client.send(asked, BodyHandlers.ofString());
    if (!asked.method().equals("HEAD")) {
      promises.check(asked.method(), asked.uri().getRawPath(), answer);
    }
    return answer;
  }

  private JsonNode open(String path) throws Exception {
    return JSON.readTree(client.send(to(path).build(), BodyHandlers.ofString()).body());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(to(path));
  }

  HttpResponse<String> postJson(String path, String json) throws Exception {
    return send(
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  /** What a command said and how it ended. */
  record Said(int code, String out, String err) {}

  /** The command as a client of this server, in a folder. */
  Said twinflow(Path here, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Twinflow.execute(
            words,
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("TWINFLOW_SERVER", url(""), "TWINFLOW_TOKEN", token),
            here);
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    context.close();
  }
}
