package io.twinflow.executors.serverless.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;

/** Stands before a real function and does to its calls what gateways and networks do. */
final class AwkwardGateway implements AutoCloseable {

  /** What happens to a call. */
  sealed interface Fault {
    /** The function never hears of it. */
    record Refuse(int status, String retryAfter, String words) implements Fault {}

    /** The function never hears of it, and neither does the caller. */
    record LoseCall() implements Fault {}

    /** The function does it, and nobody hears of that. */
    record LoseAnswer() implements Fault {}

    /** The function gets it a second time while the first goes on. */
    record Twice() implements Fault {}
  }

  private final URI function;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();

  AwkwardGateway(URI function) {
    this.function = function;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  synchronized void next(Fault... some) {
    faults.addAll(List.of(some));
  }

  /** Of the calls, in their order. */
  synchronized List<String> ids() {
    return List.copyOf(ids);
  }

  /** The statuses with which the function itself answered. */
  synchronized List<String> answered() {
    return List.copyOf(answered);
  }

  private synchronized Fault take(HttpExchange call) {
    ids.add(call.getRequestHeaders().getFirst("Idempotency-Key"));
    return faults.poll();
  }

  private void pass(HttpExchange call) throws IOException {
    try (call) {
      byte[] body = call.getRequestBody().readAllBytes();
      switch (take(call)) {
        case null -> reply(call, forward(call, body));
        case Fault.Refuse refuse -> {
          if (!refuse.retryAfter().isEmpty()) {
            call.getResponseHeaders().add("Retry-After", refuse.retryAfter());
          }
          send(call, refuse.status(), refuse.words().getBytes(StandardCharsets.UTF_8));
        }
        case Fault.LoseCall lost -> {}
        case Fault.LoseAnswer lost -> forward(call, body);
        case Fault.Twice twice -> {
          Thread.ofVirtual().start(() -> forward(call, body));
          reply(call, forward(call, body));
        }
      }
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange call, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(function).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    call.getRequestHeaders()
        .forEach((name, values) -> {
          if (name.toLowerCase(Locale.ROOT)
              .matches("ce-.*|content-type|authorization|idempotency-key")) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      synchronized (this) {
        answered.add(Integer.toString(answer.statusCode()));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void reply(HttpExchange call, HttpResponse<byte[]> answer) throws IOException {
    send(call, answer.statusCode(), answer.body());
  }

  private static void send(HttpExchange call, int status, byte[] body) throws IOException {
    call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    call.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
  }
}
