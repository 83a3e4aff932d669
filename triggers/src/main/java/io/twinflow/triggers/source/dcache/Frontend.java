package io.twinflow.triggers.source.dcache;

import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * dCache's frontend over HTTP (its User Guide, "Frontend"). Channels and subscriptions are paths:
 * whatever host the frontend says they are at, the configured one is asked, and shown the password.
 */
final class Frontend {

  private static final String CHANNELS = "/api/v1/events/channels";
  private static final String NAMESPACE = "/api/v1/namespace";
  private static final String INOTIFY = "/subscriptions/inotify";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LISTING = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What tells that files have arrived. */
  private static final List<String> FILES = List.of("IN_CLOSE_WRITE", "IN_MOVED_TO");

  /** What tells besides that folders come and go. */
  private static final List<String> FOLDERS =
      List.of("IN_CLOSE_WRITE", "IN_MOVED_TO", "IN_CREATE", "IN_MOVED_FROM");

  private final DcacheOptions options;
  private @Nullable HttpClient client;

  Frontend(DcacheOptions options) {
    this.options = options;
  }

  private record Answer(int status, @Nullable String location, String body) {}

  /** The channels of this source, as paths. */
  List<String> channels() throws Trouble {
    String query = "?client-id=" + Paths.encoded(options.client());
    List<String> channels = new ArrayList<>();
    for (JsonNode url : json(expect(get(CHANNELS + query), "the channels", 200))) {
      channels.add(URI.create(url.asString("")).getRawPath());
    }
    return channels;
  }

  String newChannel() throws Trouble {
    ObjectNode body = JSON.createObjectNode().put("client-id", options.client());
    Answer answer = send("POST", CHANNELS, body);
    if (answer.status() == 429) {
      throw new Trouble(
          "%s: this user has as many channels as the frontend allows".formatted(options.address()),
          "close some, or wait until they are forgotten");
    }
    return location(expect(answer, "a new channel", 201));
  }

  /**
   * How long it keeps events for who is away; less if it allows less.
   *
   * @throws GoneException if there is no such channel
   */
  void keep(String channel) throws Trouble, GoneException {
    long wanted = options.keep().toSeconds();
    long most =
        json(expect(get("/api/v1/events"), "what the frontend allows", 200))
            .at("/channels/lifetimeWhenDisconnected/maximum")
            .asLong(wanted);
    ObjectNode body = JSON.createObjectNode().put("timeout", Math.min(wanted, most));
    Answer answer = send("PATCH", channel, body);
    if (answer.status() == 404) {
      throw new GoneException(channel);
    }
    expect(answer, "the channel's timeout", 200, 204);
  }

  void deleteChannel(String channel) throws Trouble {
    expect(send("DELETE", channel, null), "the end of a channel", 200, 204, 404);
  }

  /** The watched folders by the subscriptions of a channel; empty if there is no such channel. */
  Optional<Map<String, String>> subscriptions(String channel) throws Trouble {
    Answer answer = get(channel + "/subscriptions");
    if (answer.status() == 404 || answer.status() == 403) {
      return Optional.empty();
    }
    Map<String, String> folders = new LinkedHashMap<>();
    for (JsonNode url : json(expect(answer, "the subscriptions", 200))) {
      String subscription = URI.create(url.asString("")).getRawPath();
      Answer selector = get(subscription);
      if (selector.status() != 404) {
        folders.put(
            subscription, json(expect(selector, "a subscription", 200)).path("path").asString(""));
      }
    }
    return Optional.of(folders);
  }

  /**
   * Watches a folder, also one that is watched already; empty if it is not there.
   *
   * @throws GoneException if there is no such channel
   */
  Optional<String> subscribe(String channel, String folder)
      throws Trouble, DeniedException, GoneException {
    ObjectNode selector = JSON.createObjectNode().put("path", folder);
    (options.recursive() ? FOLDERS : FILES).forEach(selector.putArray("flags")::add);
    Answer answer = send("POST", channel + INOTIFY, selector);
    if (answer.status() == 400 && answer.body().contains("Not found")) {
      return Optional.empty();
    }
    if (answer.status() == 400 && answer.body().contains("Permission denied")) {
      throw denied(folder);
    }
    if (answer.status() == 404) {
      throw new GoneException(channel);
    }
    // 303: the channel watches it already.
    return Optional.of(location(expect(answer, "a subscription to " + folder, 201, 303)));
  }

  void unsubscribe(String subscription) throws Trouble {
    expect(send("DELETE", subscription, null), "the end of a subscription", 200, 204, 404);
  }

  /**
   * What a channel tells after an event.
   *
   * @param last the event; one that never was has it say that events were lost, and go on
   */
  Stream stream(String channel, String last) throws Trouble {
    HttpRequest request =
        to(channel).header("Accept", "text/event-stream").header("Last-Event-ID", last).build();
    CompletableFuture<HttpResponse<InputStream>> answer =
        client().sendAsync(request, BodyHandlers.ofInputStream());
    return new Stream(options.client(), () -> opened(answer, channel));
  }

  private InputStream opened(CompletableFuture<HttpResponse<InputStream>> answer, String channel)
      throws Trouble, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      response = answer.get();
    } catch (ExecutionException e) {
      throw options.access().silent(options.address(), e.getCause() == null ? e : e.getCause());
    }
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      String words = new String(body.readNBytes(4096), StandardCharsets.UTF_8);
      throw refused(new Answer(response.statusCode(), null, words), "channel " + channel);
    } catch (Trouble e) {
      throw e;
    } catch (IOException e) {
      throw options.access().silent(options.address(), e);
    }
  }

  /** What is at a path now; empty for nothing. */
  Optional<Entry> entry(String path) throws Trouble {
    Answer answer = get(NAMESPACE + Paths.encoded(path));
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(Entry.of(path, json(expect(answer, path, 200))));
  }

  /** What is in a folder; empty if it is not there. */
  Optional<List<Entry>> list(String folder) throws Trouble, DeniedException {
    HttpRequest.Builder request =
        to(NAMESPACE + Paths.encoded(folder) + "?children=true").timeout(LISTING).GET();
    Answer answer = answer(ask(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() == 403) {
      throw denied(folder);
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode child : json(expect(answer, folder, 200)).path("children")) {
      String name = child.path("fileName").asString("");
      if (!name.isEmpty()) {
        entries.add(Entry.of(Paths.child(folder, name), child));
      }
    }
    return Optional.of(entries);
  }

  private DeniedException denied(String folder) {
    return new DeniedException(
        "%s: %s may not see %s; let them, or name another path:"
            .formatted(options.address(), options.access().who(), folder));
  }

  private Answer get(String path) throws Trouble {
    return send("GET", path, null);
  }

  private Answer send(String method, String path, @Nullable JsonNode body) throws Trouble {
    BodyPublisher sent =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpRequest.Builder request =
        to(path).header("Accept", "application/json").timeout(PATIENCE).method(method, sent);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return answer(ask(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Location").orElse(null),
        response.body());
  }

  private HttpRequest.Builder to(String path) throws Trouble {
    HttpRequest.Builder request = HttpRequest.newBuilder(options.address().resolve(path));
    options.access().authorization().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private <T> HttpResponse<T> ask(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws Trouble {
    try {
      return client().send(request.build(), handler);
    } catch (IOException e) {
      close();
      throw options.access().silent(options.address(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Trouble("closed", "", e);
    }
  }

  private synchronized HttpClient client() throws Trouble {
    HttpClient made = client;
    if (made == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .followRedirects(HttpClient.Redirect.NEVER);
      if (options.address().getScheme().equals("https")) {
        builder.sslContext(options.access().tls().context());
      }
      made = builder.build();
      client = made;
    }
    return made;
  }

  /** Certificates and connections are made anew after it. */
  synchronized void close() {
    HttpClient closing = client;
    client = null;
    if (closing != null) {
      closing.shutdownNow();
    }
  }

  private Answer expect(Answer answer, String what, Integer... good) throws Trouble {
    if (Set.of(good).contains(answer.status())) {
      return answer;
    }
    throw refused(answer, what);
  }

  private Trouble refused(Answer answer, String what) {
    String found =
        "%s: %s: the frontend answers %d %s"
            .formatted(options.address(), what, answer.status(), shortened(answer.body()));
    return switch (answer.status()) {
      case 401 -> {
        options.access().refused();
        yield new Trouble(
            found.strip() + " to " + options.access().who(),
            "see that token:, or user: and password:, are what dCache knows");
      }
      case 403 ->
          new Trouble(
              found.strip() + " to " + options.access().who(),
              "let them read it, or name another path:");
      default -> new Trouble(found.strip(), "");
    };
  }

  private static String shortened(String body) {
    String line = body.strip().lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  private JsonNode json(Answer answer) throws Trouble {
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new Trouble(
          "%s answers no JSON: %s".formatted(options.address(), shortened(answer.body())),
          "see that address: is dCache's frontend",
          e);
    }
  }

  private String location(Answer answer) throws Trouble {
    String location = answer.location();
    String path = location == null ? "" : String.valueOf(URI.create(location).getRawPath());
    if (!path.startsWith(CHANNELS + "/")) {
      throw new Trouble(
          "%s says that a channel is at %s".formatted(options.address(), location),
          "see that address: is dCache's frontend");
    }
    return path;
  }
}
