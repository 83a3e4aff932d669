package io.twinflow.engine.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpInputsIT {

  private static final byte[] BODY =
      "0123456789".repeat(10_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private final List<String> ranges = new ArrayList<>();
  private HttpServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private URI url(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** Breaks the first connection to /broken half way. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/gone")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(String.valueOf(range));
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.sendResponseHeaders(range == null ? 200 : 206, BODY.length - from);
      boolean breaks = exchange.getRequestURI().getPath().equals("/broken") && range == null;
      int to = breaks ? BODY.length / 2 : BODY.length;
      exchange.getResponseBody().write(Arrays.copyOfRange(BODY, from, to));
      exchange.getResponseBody().flush();
    }
  }

  @Test
  void fetchesOnce() throws Exception {
    HttpInputs inputs = new HttpInputs(client, folder);

    URI copy = inputs.fetch(url("/f"));

    assertThat(Files.readAllBytes(Path.of(copy))).isEqualTo(BODY);
    assertThat(inputs.fetch(url("/f"))).isEqualTo(copy);
    assertThat(new HttpInputs(client, folder).fetch(url("/f"))).isEqualTo(copy);
    assertThat(ranges).containsExactly("null");
  }

  @Test
  void goesOnWhereATransferBroke() throws Exception {
    URI copy = new HttpInputs(client, folder).fetch(url("/broken"));

    assertThat(Files.readAllBytes(Path.of(copy))).isEqualTo(BODY);
    assertThat(ranges).hasSize(2);
    assertThat(ranges.getLast()).startsWith("bytes=");
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void saysWhatIsNotThereAndWhatItCannotRead() {
    HttpInputs inputs = new HttpInputs(client, folder);

    assertThatThrownBy(() -> inputs.fetch(url("/gone"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> inputs.fetch(URI.create("ftp://x/y")))
        .hasMessageContaining("scheme 'ftp'");
  }
}
