package io.twinflow.engine.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands before a server as a proxy does: who asks while no server is there gets a 503. */
final class Front implements AutoCloseable {

  private static final int UNAVAILABLE = 503;

  private final HttpServer front =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Supplier<List<String>> behind = List::of;

  Front() throws IOException {
    front.setExecutor(threads);
    front.createContext("/", this::answer);
    front.start();
  }

  void leadTo(@Nullable TestServer server) {
    leadToAny(server == null ? List::of : () -> List.of(server.url("")));
  }

  /**
   * @param servers their addresses, of which the first that answers is taken
   */
  void leadToAny(Supplier<List<String>> servers) {
    behind = servers;
  }

  String url(String path) {
    return "http://127.0.0.1:" + front.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = UNAVAILABLE;
    for (String server : behind.get()) {
      status = ask(server + exchange.getRequestURI(), body);
      if (status != UNAVAILABLE) {
        break;
      }
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private int ask(String url, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(body)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNAVAILABLE;
    }
  }

  @Override
  public void close() {
    front.stop(0);
    threads.close();
  }
}
