package io.twinflow.executors.slurm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands before a slurmrestd and notes what it is asked. */
final class CountingProxy implements AutoCloseable {

  private final URI behind;
  private final HttpServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  CountingProxy(URI behind) {
    this.behind = behind;
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
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whose method and path begin like this, as in {@code GET /slurm/v0.0.38/jobs}. */
  long count(String begin) {
    return calls.stream().filter(call -> call.startsWith(begin)).count();
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  void forget() {
    calls.clear();
  }

  private void pass(HttpExchange call) throws IOException {
    try (call) {
      calls.add(call.getRequestMethod() + " " + call.getRequestURI());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(behind.resolve(call.getRequestURI().toString()))
              .method(
                  call.getRequestMethod(),
                  BodyPublishers.ofByteArray(call.getRequestBody().readAllBytes()));
      for (String name : List.of("X-SLURM-USER-NAME", "X-SLURM-USER-TOKEN", "Content-Type")) {
        String value = call.getRequestHeaders().getFirst(name);
        if (value != null) {
          request.header(name, value);
        }
      }
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      call.sendResponseHeaders(answer.statusCode(), answer.body().length);
      call.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
