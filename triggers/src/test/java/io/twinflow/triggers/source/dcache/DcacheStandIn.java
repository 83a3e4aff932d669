package io.twinflow.triggers.source.dcache;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for dCache's frontend: channels, subscriptions, streams and the namespace, as its User
 * Guide and its sources tell them. It sends no header of a stream before the first frame.
 */
final class DcacheStandIn implements AutoCloseable {

  private static final String CHANNELS = "/api/v1/events/channels";
  private static final JsonMapper JSON = new JsonMapper();
  private static final String AUTHORIZATION =
      "Basic " + Base64.getEncoder().encodeToString("twin:secret".getBytes(StandardCharsets.UTF_8));

  private final HttpServer server;
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Set<String> denied = new TreeSet<>();
  private final List<String> asked = new ArrayList<>();
  private int numbers;
  private int status;
  private boolean silent;

  private record Node(String id, boolean folder, long size, long modified) {}

  private record Sent(int id, String text) {}

  private static final class Channel {
    private final String client;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final List<Sent> ring = new ArrayList<>();
    private HttpExchange sink;
    private CountDownLatch gone = new CountDownLatch(1);
    private int next;

    Channel(String client) {
      this.client = client;
    }
  }

  private record Subscription(String path, Set<String> flags) {}

  DcacheStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    folder("/data");
    folder("/data/uploads");
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  // What its users do.

  synchronized void folder(String path) {
    nodes.put(path, new Node("dir" + ++numbers, true, 512, 1000L * numbers));
    tell(path, "IN_CREATE", true);
  }

  synchronized void upload(String path) {
    begin(path);
    finish(path);
  }

  /** Before anybody can ask for it. */
  synchronized void uploadAndTakeAway(String path) {
    upload(path);
    nodes.remove(path);
  }

  synchronized void begin(String path) {
    nodes.put(path, new Node("file" + ++numbers, false, -1, 1000L * numbers));
    tell(path, "IN_CREATE", false);
    tell(path, "IN_OPEN", false);
  }

  synchronized void finish(String path) {
    Node node = nodes.get(path);
    nodes.put(path, new Node(node.id(), false, 10 + numbers, node.modified()));
    tell(path, "IN_CLOSE_WRITE", false);
  }

  /** Of which its events are lost on the way. */
  synchronized void quietly(Runnable what) {
    silent = true;
    what.run();
    silent = false;
  }

  synchronized void remove(String path) {
    Node node = nodes.remove(path);
    tell(path, "IN_DELETE", node.folder());
    for (Channel channel : channels.values()) {
      if (channel.subscriptions.containsKey(node.id())) {
        end(channel, node.id());
      }
    }
  }

  synchronized void move(String from, String to) {
    Map<String, Node> moved = new LinkedHashMap<>();
    nodes.forEach((path, node) -> {
      if (path.equals(from) || path.startsWith(from + "/")) {
        moved.put(path, node);
      }
    });
    boolean folder = moved.get(from).folder();
    tell(from, "IN_MOVED_FROM", folder);
    moved.forEach((path, node) -> {
      nodes.remove(path);
      nodes.put(to + path.substring(from.length()), node);
    });
    tell(to, "IN_MOVED_TO", folder);
  }

  // What goes wrong.

  synchronized void dropConnections() {
    channels.values().forEach(DcacheStandIn::hangUp);
  }

  synchronized void forgetChannels() {
    dropConnections();
    channels.clear();
  }

  synchronized void forgetEvents() {
    dropConnections();
    channels.values().forEach(channel -> channel.ring.clear());
  }

  synchronized void overflow() {
    for (Channel channel : channels.values()) {
      channel
          .subscriptions
          .keySet()
          .forEach(id -> inotify(channel, id, "{\"mask\":[\"IN_Q_OVERFLOW\"]}"));
    }
  }

  synchronized void closeSubscription(String path) {
    String id = nodes.get(path).id();
    channels.values().forEach(channel -> end(channel, id));
  }

  /** Every request is answered so from now on; 0 for as it should be. */
  synchronized void answerWith(int newStatus) {
    status = newStatus;
  }

  synchronized void deny(String path) {
    denied.add(path);
  }

  synchronized void send(String frame) {
    channels.values().forEach(channel -> write(channel, frame));
  }

  synchronized void repeatLast() {
    channels.values().forEach(channel -> write(channel, channel.ring.getLast().text()));
  }

  synchronized boolean isHeard() {
    return channels.values().stream().anyMatch(channel -> channel.sink != null);
  }

  synchronized Set<String> watched() {
    return channels.values().stream()
        .flatMap(channel -> channel.subscriptions.values().stream())
        .map(Subscription::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The requests that begin so. */
  synchronized long asked(String beginning) {
    return asked.stream().filter(line -> line.startsWith(beginning)).count();
  }

  // How it answers.

  private void tell(String path, String flag, boolean folder) {
    if (silent) {
      return;
    }
    int slash = path.lastIndexOf('/');
    Node parent = nodes.get(path.substring(0, slash));
    if (parent == null) {
      return;
    }
    String mask = "\"%s\"%s".formatted(flag, folder ? ",\"IN_ISDIR\"" : "");
    for (Channel channel : channels.values()) {
      Subscription subscription = channel.subscriptions.get(parent.id());
      if (subscription != null && subscription.flags().contains(flag)) {
        inotify(
            channel,
            parent.id(),
            "{\"name\":\"%s\",\"mask\":[%s]}".formatted(path.substring(slash + 1), mask));
      }
    }
  }

  private void end(Channel channel, String id) {
    if (channel.subscriptions.containsKey(id)) {
      inotify(channel, id, "{\"mask\":[\"IN_IGNORED\"]}");
      channel.subscriptions.remove(id);
      system(channel, "SUBSCRIPTION_CLOSED", id);
    }
  }

  private void inotify(Channel channel, String id, String event) {
    Sent sent =
        new Sent(
            channel.next,
            "event: inotify\nid: %d\ndata: {\"event\":%s,\"subscription\":\"%s\"}\n\n"
                .formatted(channel.next, event, url(channel, id)));
    channel.next++;
    channel.ring.add(sent);
    write(channel, sent.text());
  }

  private void system(Channel channel, String type, String id) {
    write(
        channel,
        "event: SYSTEM\ndata: {\"type\":\"%s\",\"subscription\":\"%s\"}\n\n"
            .formatted(type, url(channel, id)));
  }

  /** As whoever asked by another name would be told. */
  private String url(Channel channel, String id) {
    return "https://dcache.example.org:3880"
        + CHANNELS
        + "/"
        + name(channel)
        + "/subscriptions/inotify/"
        + id;
  }

  private String name(Channel channel) {
    return channels.entrySet().stream()
        .filter(each -> each.getValue() == channel)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("none");
  }

  private static void write(Channel channel, String text) {
    if (channel.sink == null) {
      return;
    }
    try {
      channel.sink.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
      channel.sink.getResponseBody().flush();
    } catch (IOException e) {
      hangUp(channel);
    }
  }

  private static void hangUp(Channel channel) {
    channel.sink = null;
    channel.gone.countDown();
    channel.gone = new CountDownLatch(1);
  }

  private void answer(HttpExchange exchange) throws IOException {
    CountDownLatch gone;
    try {
      gone = answered(exchange);
    } catch (RuntimeException e) {
      reply(exchange, 500, e.toString());
      return;
    }
    if (gone != null) {
      try {
        gone.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    }
  }

  /** What to wait for before the connection is closed; null if the answer is complete. */
  private synchronized CountDownLatch answered(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String method = exchange.getRequestMethod();
    asked.add(method + " " + path + "?" + query);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (status > 0) {
      reply(exchange, status, "{\"errors\":[{\"message\":\"so it is\"}]}");
    } else if (!AUTHORIZATION.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      reply(exchange, 401, "anonymous access not allowed");
    } else if (path.startsWith("/api/v1/namespace")) {
      namespace(exchange, URLDecoder.decode(path.substring(17), StandardCharsets.UTF_8), query);
    } else if (path.equals("/api/v1/events")) {
      reply(exchange, 200, "{\"channels\":{\"lifetimeWhenDisconnected\":{\"maximum\":86400}}}");
    } else if (path.equals(CHANNELS)) {
      channels(exchange, method, query, body);
    } else {
      return channel(exchange, method, path.substring(CHANNELS.length() + 1).split("/"), body);
    }
    return null;
  }

  private void channels(HttpExchange exchange, String method, String query, byte[] body)
      throws IOException {
    if (method.equals("POST")) {
      String name = "channel" + ++numbers;
      channels.put(name, new Channel(JSON.readTree(body).path("client-id").asString("")));
      created(exchange, 201, CHANNELS + "/" + name);
      return;
    }
    String client = query.replace("client-id=", "");
    List<String> urls = new ArrayList<>();
    channels.forEach((name, channel) -> {
      if (channel.client.equals(client)) {
        urls.add("\"https://dcache.example.org:3880" + CHANNELS + "/" + name + "\"");
      }
    });
    reply(exchange, 200, "[" + String.join(",", urls) + "]");
  }

  private CountDownLatch channel(HttpExchange exchange, String method, String[] parts, byte[] body)
      throws IOException {
    Channel channel = channels.get(parts[0]);
    if (channel == null) {
      reply(exchange, 404, "No such channel");
      return null;
    }
    switch (method + parts.length) {
      case "GET1" -> {
        listen(channel, exchange);
        return channel.gone;
      }
      case "PATCH1" -> reply(exchange, 204, "");
      case "DELETE1" -> {
        hangUp(channel);
        channels.remove(parts[0]);
        reply(exchange, 204, "");
      }
      case "GET2" ->
          reply(
              exchange,
              200,
              channel.subscriptions.keySet().stream()
                  .map(id -> "\"" + url(channel, id) + "\"")
                  .collect(Collectors.joining(",", "[", "]")));
      case "POST3" -> subscribe(channel, exchange, JSON.readTree(body));
      case "GET4" -> {
        Subscription one = channel.subscriptions.get(parts[3]);
        reply(
            exchange,
            one == null ? 404 : 200,
            one == null ? "" : JSON.createObjectNode().put("path", one.path()).toString());
      }
      case "DELETE4" -> {
        end(channel, parts[3]);
        reply(exchange, 204, "");
      }
      default -> reply(exchange, 405, "");
    }
    return null;
  }

  private void listen(Channel channel, HttpExchange exchange) throws IOException {
    if (channel.sink != null) {
      write(channel, "event: SYSTEM\ndata: {\"type\":\"COMPETING_CLIENT\"}\n\n");
      hangUp(channel);
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    channel.sink = exchange;
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    if (last != null) {
      Optional<Sent> found =
          channel.ring.stream().filter(sent -> last.equals("" + sent.id())).findFirst();
      if (found.isEmpty()) {
        write(channel, "event: SYSTEM\ndata: {\"type\":\"EVENT_LOSS\"}\n\n");
      } else {
        channel.ring.stream()
            .skip(channel.ring.indexOf(found.get()) + 1L)
            .forEach(sent -> write(channel, sent.text()));
      }
    }
  }

  private void subscribe(Channel channel, HttpExchange exchange, JsonNode selector)
      throws IOException {
    String path = selector.path("path").asString("");
    Node node = nodes.get(path);
    if (node == null || denied.contains(path)) {
      reply(exchange, 400, node == null ? "Not found: " + path : "Permission denied: Not allowed.");
      return;
    }
    Set<String> flags =
        selector.path("flags").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    boolean merged = channel.subscriptions.put(node.id(), new Subscription(path, flags)) != null;
    if (!merged) {
      system(channel, "NEW_SUBSCRIPTION", node.id());
    }
    created(exchange, merged ? 303 : 201, URI.create(url(channel, node.id())).getPath());
  }

  private void namespace(HttpExchange exchange, String path, String query) throws IOException {
    Node node = nodes.get(path);
    if (node == null || denied.contains(path)) {
      reply(exchange, node == null ? 404 : 403, "{}");
      return;
    }
    ObjectNode answer = json(path, node);
    if (query.contains("children=true")) {
      var children = answer.putArray("children");
      nodes.forEach((below, child) -> {
        if (below.startsWith(path + "/") && below.indexOf('/', path.length() + 1) < 0) {
          children.add(json(below, child).put("fileName", below.substring(path.length() + 1)));
        }
      });
    }
    reply(exchange, 200, answer.toString());
  }

  private static ObjectNode json(String path, Node node) {
    ObjectNode json = JSON.createObjectNode();
    json.put("fileType", node.folder() ? "DIR" : "REGULAR");
    json.put("pnfsId", node.id());
    json.put("mtime", node.modified());
    json.put("fileMimeType", path.endsWith(".nc") ? "application/x-netcdf" : "x/y");
    if (node.size() >= 0) {
      json.put("size", node.size());
    }
    return json;
  }

  private static void created(HttpExchange exchange, int status, String path) throws IOException {
    exchange.getResponseHeaders().set("Location", "https://dcache.example.org:3880" + path);
    reply(exchange, status, "");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    dropConnections();
    server.stop(0);
  }
}
