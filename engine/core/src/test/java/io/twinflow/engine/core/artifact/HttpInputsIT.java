package io.twinflow.engine.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpInputsIT {

  private static final byte[] BODY =
      "0123456789".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private final List<String> ranges = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private final Map<String, String> validators = new HashMap<>(Map.of("ETag", "\"v1\""));
  private byte[] content = BODY;
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
      validators.forEach(exchange.getResponseHeaders()::set);
      if (isKnown(exchange.getRequestHeaders())) {
        statuses.add(304);
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      statuses.add(range == null ? 200 : 206);
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
      boolean breaks = exchange.getRequestURI().getPath().equals("/broken") && range == null;
      int to = breaks ? content.length / 2 : content.length;
      exchange.getResponseBody().write(Arrays.copyOfRange(content, from, to));
      exchange.getResponseBody().flush();
    }
  }

  private boolean isKnown(Headers request) {
    return validators.entrySet().stream()
        .anyMatch(validator ->
            validator
                .getValue()
                .equals(
                    request.getFirst(
                        validator.getKey().equals("ETag")
                            ? "If-None-Match"
                            : "If-Modified-Since")));
  }

  private HttpInputs inputs() {
    return new HttpInputs(new JdkHttpSource(() -> client), folder);
  }

  private static byte[] bytes(URI copy) throws IOException {
    return Files.readAllBytes(Path.of(copy));
  }

  private void changes(String content) {
    this.content = content.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void fetchesOnceWhatDoesNotChange() throws Exception {
    HttpInputs inputs = inputs();

    URI copy = inputs.fetch(url("/f"));

    assertThat(bytes(copy)).isEqualTo(BODY);
    assertThat(inputs.fetch(url("/f"))).isEqualTo(copy);
    assertThat(statuses).containsExactly(200);
    assertThat(inputs().fetch(url("/f"))).isEqualTo(copy);
    assertThat(statuses).containsExactly(200, 304);
  }

  @Test
  void aLaterRunGetsWhatIsThereNowAndAnEarlierKeepsWhatItHad() throws Exception {
    HttpInputs inputs = inputs();
    URI first = inputs.fetch(url("/f"));
    changes("other");
    validators.put("ETag", "\"v2\"");

    assertThat(inputs.fetch(url("/f"))).isEqualTo(first);
    inputs.askAgain();
    assertThat(bytes(inputs.fetch(url("/f")))).isEqualTo(content);
    assertThat(bytes(first)).isEqualTo(BODY);
    assertThat(bytes(inputs().fetch(url("/f")))).isEqualTo(content);
    assertThat(statuses).containsExactly(200, 200, 304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"v1\"", ""})
  void fetchesAnewWhatTheServerDoesNotRecognise(String tag) throws Exception {
    validators.put("ETag", tag);
    URI first = inputs().fetch(url("/f"));

    assertThat(inputs().fetch(url("/f"))).isEqualTo(first);
    changes("other");
    assertThat(bytes(inputs().fetch(url("/f")))).isEqualTo(content);
    assertThat(statuses).containsExactly(200, 200, 200);
  }

  @Test
  void knowsContentByItsTimeIfThatIsOver() throws Exception {
    validators.clear();
    validators.put("Last-Modified", "Fri, 02 Jan 2026 09:30:00 GMT");
    URI first = inputs().fetch(url("/f"));

    assertThat(inputs().fetch(url("/f"))).isEqualTo(first);
    validators.put("Last-Modified", "Fri, 01 Jan 2100 09:30:00 GMT");
    inputs().fetch(url("/f"));
    inputs().fetch(url("/f"));
    assertThat(statuses).containsExactly(200, 304, 200, 200);
  }

  @Test
  void severalProcessesMayFetchTheSameAtOnce() throws Exception {
    List<Callable<URI>> fetches = Collections.nCopies(8, () -> inputs().fetch(url("/f")));
    try (ExecutorService processes = Executors.newFixedThreadPool(8)) {
      for (Future<URI> copy : processes.invokeAll(fetches)) {
        assertThat(bytes(copy.get())).isEqualTo(BODY);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void goesOnWhereATransferBroke() throws Exception {
    URI copy = inputs().fetch(url("/broken"));

    assertThat(Files.readAllBytes(Path.of(copy))).isEqualTo(BODY);
    assertThat(ranges).hasSize(2);
    assertThat(ranges.getLast()).startsWith("bytes=");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void saysWhatIsNotThereAndWhatItCannotRead() {
    HttpInputs inputs = inputs();

    assertThatThrownBy(() -> inputs.fetch(url("/gone"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> inputs.fetch(URI.create("ftp://x/y")))
        .hasMessageContaining("scheme 'ftp'");
  }
}
