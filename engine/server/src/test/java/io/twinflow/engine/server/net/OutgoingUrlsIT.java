package io.twinflow.engine.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.engine.core.artifact.HttpSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OutgoingUrlsIT {

  private static HttpServer peer;
  private static final AtomicInteger secrets = new AtomicInteger();

  @BeforeAll
  static void start() throws IOException {
    peer = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    peer.createContext("/open/text", exchange -> answer(exchange, 200, "hello", null));
    peer.createContext(
        "/open/inward",
        exchange -> answer(exchange, 302, "", "http://127.0.0.1:" + port() + "/secret"));
    peer.createContext("/open/onward", exchange -> answer(exchange, 307, "", "/open/text"));
    peer.createContext("/open/round", exchange -> answer(exchange, 302, "", "/open/round"));
    peer.createContext(
        "/secret",
        exchange -> {
          secrets.incrementAndGet();
          answer(exchange, 200, "secret", null);
        });
    peer.start();
  }

  private static void answer(HttpExchange exchange, int status, String text, String location)
      throws IOException {
    if (location != null) {
      exchange.getResponseHeaders().set("Location", location);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterAll
  static void stop() {
    peer.stop(0);
  }

  private static int port() {
    return peer.getAddress().getPort();
  }

  private static String text(OutgoingUrls urls, String url) throws IOException {
    HttpSource.Answer answer = urls.get(URI.create(url), Map.of());
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whateverLeadsToThisMachineIsRefused() throws Exception {
    try (OutgoingUrls urls = new OutgoingUrls(List.of())) {
      for (String host :
          List.of(
              "localhost",
              "127.0.0.1",
              "127.1",
              "2130706433",
              "[::1]",
              "[::ffff:127.0.0.1]",
              "169.254.169.254",
              "10.1.2.3",
              "[fd00::1]",
              "0.0.0.0")) {
        String url = "http://" + host + ":" + port() + "/secret";
        assertThatThrownBy(() -> text(urls, url)).as(url).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> urls.check(URI.create(url)))
            .as(url)
            .isInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> text(urls, "file:///etc/passwd"))
          .hasMessageContaining("http or https");
      assertThatThrownBy(() -> text(urls, "http://a:b@localhost/"))
          .hasMessageContaining("before @");
    }
    assertThat(secrets).hasValue(0);
  }

  @Test
  void aRedirectIsCheckedAsTheFirstCallIs() throws Exception {
    String open = "http://localhost:" + port() + "/open";
    try (OutgoingUrls urls = new OutgoingUrls(List.of(open))) {
      assertThat(text(urls, open + "/text")).isEqualTo("hello");
      assertThat(text(urls, open + "/onward")).isEqualTo("hello");
      assertThatThrownBy(() -> text(urls, open + "/inward"))
          .isInstanceOf(RefusedUrlException.class)
          .hasMessageContaining("127.0.0.1:" + port() + "/secret");
      assertThatThrownBy(() -> text(urls, open + "/../secret"))
          .isInstanceOf(RefusedUrlException.class);
      assertThatThrownBy(() -> text(urls, open + "/round")).hasMessageContaining("more than 5");
    }
    assertThat(secrets).hasValue(0);
  }
}
