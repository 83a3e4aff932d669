package io.twinflow.executors.bundle.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.twinflow.executors.api.place.Callbacks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Lets attempts ask an office, and sites tell of them, for a program that has no server of its own.
 * Sites must reach it: it is for machines that they can reach, and where they cannot, a server must
 * run the workflow.
 */
public final class TicketListener implements AutoCloseable {

  private static final String CALLBACKS = "/callbacks/";

  private static final Callbacks.Answer NO_CALLBACK =
      new Callbacks.Answer(
          404,
          """
          {"status":404,"title":"Not Found","detail":"Expected a CloudEvent by POST, at the URL that came with the attempt."}\
          """);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What answers; an office, as a rule. */
  @FunctionalInterface
  public interface Answers {
    TicketOffice.Answer answer(String attempt, String question);
  }

  /**
   * @param at port 0 for any
   */
  public TicketListener(Answers office, InetSocketAddress at) throws IOException {
    this(office, new Callbacks(), at);
  }

  /**
   * @param callbacks who hears what sites tell
   * @param at port 0 for any
   */
  public TicketListener(Answers office, Callbacks callbacks, InetSocketAddress at)
      throws IOException {
    this(office, callbacks, Map.of(), at);
  }

  /**
   * @param callbacks who hears what sites tell
   * @param beside what else is answered at the same address, by the beginning of the path
   * @param at port 0 for any
   */
  public TicketListener(
      Answers office, Callbacks callbacks, Map<String, HttpHandler> beside, InetSocketAddress at)
      throws IOException {
    this.server = HttpServer.create(at, 0);
    server.setExecutor(threads);
    server.createContext("/tickets/", exchange -> answer(office, exchange));
    server.createContext(CALLBACKS, exchange -> hear(callbacks, exchange));
    beside.forEach(server::createContext);
    server.start();
  }

  private static void answer(Answers office, HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] question = exchange.getRequestBody().readNBytes(TicketOffice.MOST + 1);
      TicketOffice.Answer answer =
          question.length > TicketOffice.MOST
              ? new TicketOffice.Answer(413, "too long\n")
              : office.answer(
                  exchange.getRequestURI().getPath().substring("/tickets/".length()),
                  new String(question, StandardCharsets.UTF_8));
      byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(answer.status(), text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private static void hear(Callbacks callbacks, HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path =
          exchange.getRequestURI().getPath().substring(CALLBACKS.length()).split("/", -1);
      boolean isOne = path.length == 3 && exchange.getRequestMethod().equals("POST");
      Callbacks.Answer answer =
          isOne
              ? callbacks.hear(
                  path[0],
                  path[1],
                  path[2],
                  name -> first(exchange.getRequestHeaders().getFirst(name)),
                  exchange.getRequestBody())
              : NO_CALLBACK;
      byte[] text = answer.problem().getBytes(StandardCharsets.UTF_8);
      if (text.length > 0) {
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
      }
      exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private static String first(@Nullable String header) {
    return header == null ? "" : header;
  }

  /** Whether a listener answers there, of this program or another one. */
  public static boolean answersAt(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String name =
        host.isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : address.getHostString();
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      HttpRequest nothing =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://%s:%d/tickets/"
                          .formatted(
                              name.contains(":") ? "[" + name + "]" : name, address.getPort())))
              .timeout(Duration.ofSeconds(5))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      return client
          .send(nothing, HttpResponse.BodyHandlers.ofString())
          .body()
          .equals(TicketOffice.UNKNOWN);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** As this machine sees it; sites may know the machine by another name. */
  public URI url() {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://%s:%d/tickets/".formatted(at.getHostString(), at.getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
