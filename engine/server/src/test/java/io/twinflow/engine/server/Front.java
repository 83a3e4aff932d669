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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands before a server as a proxy does: who asks while no server is there gets a 503. */
final class Front implements AutoCloseable {

  private static final int UNAVAILABLE = 503;

  private final HttpServer front =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile @Nullable TestServer behind;

  Front() throws IOException {
    front.setExecutor(threads);
    front.createContext("/", this::answer);
    front.start();
  }

  void leadTo(@Nullable TestServer server) {
    behind = server;
  }

  String url(String path) {
    return "http://127.0.0.1:" + front.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    TestServer server = behind;
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = UNAVAILABLE;
    if (server != null) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url(exchange.getRequestURI().toString())))
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        status = answer.statusCode();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    front.stop(0);
    threads.close();
  }
}
