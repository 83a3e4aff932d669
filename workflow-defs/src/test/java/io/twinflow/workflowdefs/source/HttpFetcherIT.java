package io.twinflow.workflowdefs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFetcherIT {

  private static final ReadLimits LIMITS = new ReadLimits(1_000, 10, 100);

  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpFetcher fetcher = new HttpFetcher(Duration.ofSeconds(2));
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    answer("/tool.cwl", "class: CommandLineTool");
    answer("/large", "x".repeat(1_001));
    server.createContext(
        "/stuck",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write('x');
          body.flush();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void aDocumentIsRead() throws Exception {
    assertThat(new String(fetcher.fetch(url("/tool.cwl"), "shown", LIMITS), StandardCharsets.UTF_8))
        .isEqualTo("class: CommandLineTool");
  }

  @Test
  void whatCannotBeReadInBoundsIsRefused() {
    assertRefused(url("/none"), "shown:1:1: the server answered 404.");
    assertRefused(url("/large"), "larger than the bound of 1000 bytes");
    assertRefused(url("/stuck"), "did not answer in full within 2 s");
    assertRefused("http://127.0.0.1:1/x", "cannot be fetched");
    assertRefused("http://a b/", "is no URL");
  }

  private void assertRefused(String url, String part) {
    assertThatThrownBy(() -> fetcher.fetch(url, "shown", LIMITS))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(part);
  }

  private void answer(String path, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          if (!exchange.getRequestURI().getPath().equals(path)) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }
}
