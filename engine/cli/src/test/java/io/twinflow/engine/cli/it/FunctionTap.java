package io.twinflow.engine.cli.it;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes calls on to a real function, and keeps what was said in them. */
final class FunctionTap implements AutoCloseable {

  private final URI function;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> events = new CopyOnWriteArrayList<>();

  FunctionTap(URI function) throws IOException {
    this.function = function;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The bodies of all calls. */
  List<String> events() {
    return List.copyOf(events);
  }

  private void pass(HttpExchange call) throws IOException {
    try (call) {
      byte[] body = call.getRequestBody().readAllBytes();
      events.add(new String(body, StandardCharsets.UTF_8));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(function).POST(BodyPublishers.ofByteArray(body));
      call.getRequestHeaders()
          .forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).matches("ce-.*|content-type|idempotency-key")) {
              values.forEach(value -> request.header(name, value));
            }
          });
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      call.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      call.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
    threads.shutdownNow();
  }
}
