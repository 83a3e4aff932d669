package io.twinflow.engine.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MinIO's call to listen, against a stand-in for MinIO, as its server is not to be had. */
class ListenClientTest {

  private static final String ONE = "{\"Records\":[{\"eventName\":\"s3:ObjectCreated:Put\"}]}";

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer standIn;
  private String type = "text/event-stream";

  @BeforeEach
  void start() throws IOException {
    standIn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    standIn.createContext("/", this::answer);
    standIn.start();
  }

  @AfterEach
  void stop() {
    standIn.stop(0);
  }

  /** Blanks keep the connection, as MinIO sends them. */
  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        "%s %s"
            .formatted(
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst("Authorization")));
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write((" \n" + ONE + "\n \n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private S3Bucket bucket() {
    URI endpoint = URI.create("http://127.0.0.1:" + standIn.getAddress().getPort());
    return new S3Bucket(
        new S3Site("minio", endpoint, S3Site.ANY_REGION, "access", "secret-key"), "scenes");
  }

  @Test
  void linesAreGivenAsTheyAre() throws Exception {
    try (S3Bucket bucket = bucket();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(bucket.listen("raw/"), StandardCharsets.UTF_8))) {
      assertThat(lines.lines().filter(line -> !line.isBlank())).containsExactly(ONE);
    }
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst())
        .contains("events=s3%3AObjectCreated%3A%2A", "events=s3%3AObjectRemoved%3A%2A")
        .contains("prefix=raw%2F")
        .contains("AWS4-HMAC-SHA256 Credential=access/")
        .doesNotContain("secret-key");
  }

  @Test
  void aStoreThatListsInsteadIsRefused() {
    type = "application/xml";
    try (S3Bucket bucket = bucket()) {
      assertThatThrownBy(() -> bucket.listen(""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found application/xml")
          .hasMessageContaining("bucket 'scenes'");
    }
  }
}
