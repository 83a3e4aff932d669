package io.twinflow.executors.serverless.oscar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for an OSCAR cluster, of which none can be had here, as far as this client calls it:
 * written from OSCAR's documents and the handlers of its manager, not from a run of a real one. Its
 * jobs are processes of this machine that get the event as OSCAR's containers do; images are names
 * only.
 */
public final class OscarStandIn implements AutoCloseable {

  static final String USER = "oscar";
  static final String PASSWORD = "stand-in";
  public static final String BEARER = "oidc-stand-in";

  /** The one that no registry has. */
  public static final String NO_IMAGE = "registry.invalid/no/such:image";

  /** JOB_LISTING_LIMIT. */
  private static final int PAGE = 70;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Map<String, ObjectNode> services = new LinkedHashMap<>();
  private final Map<String, StandInJob> jobs = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private int answersToLose;
  private String bearer = BEARER;
  private String problem = "";

  public OscarStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * For examples: runs until it is told to end.
   *
   * @param args a file that gets the address
   */
  public static void main(String[] args) throws Exception {
    OscarStandIn oscar = new OscarStandIn();
    Path file = Path.of(args[0]);
    Files.writeString(file.resolveSibling("url.new"), oscar.uri() + "\n");
    Files.move(file.resolveSibling("url.new"), file, StandardCopyOption.ATOMIC_MOVE);
    Runtime.getRuntime().addShutdownHook(new Thread(oscar::close));
    Thread.currentThread().join();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Of a method and the beginning of a path. */
  synchronized long count(String call) {
    return calls.stream().filter(c -> c.startsWith(call)).count();
  }

  synchronized List<ObjectNode> services() {
    return List.copyOf(services.values());
  }

  synchronized List<StandInJob> jobs() {
    return List.copyOf(jobs.values());
  }

  /** Those that run end at once, as when a node is lost. */
  public void killPods() {
    jobs().forEach(StandInJob::killPod);
  }

  /** As somebody does who cleans up. */
  synchronized void dropServices() {
    services.clear();
  }

  /** As when the provider's tokens are over: this one is good from now on, and no other. */
  synchronized void trust(String token) {
    bearer = token;
  }

  /** The next calls of jobs have their effect, and nobody hears of it. */
  synchronized void loseAnswers(int count) {
    answersToLose = count;
  }

  /** What every creation of a service is refused with; empty for none. */
  public synchronized void refuseServices(String words) {
    problem = words;
  }

  private record Reply(int status, String body) {
    static Reply of(int status) {
      return new Reply(status, "");
    }
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath();
      String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Reply reply;
      boolean lost;
      synchronized (this) {
        calls.add(call.getRequestMethod() + " " + path);
        reply =
            path.startsWith("/job/")
                ? invoke(path.substring("/job/".length()), call, body)
                : isUser(authorization(call))
                    ? system(call.getRequestMethod() + " " + path, call, body)
                    : Reply.of(401);
        lost = path.startsWith("/job/") && answersToLose > 0;
        answersToLose -= lost ? 1 : 0;
      }
      if (!lost) {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
      }
    }
  }

  private static String authorization(HttpExchange call) {
    String header = call.getRequestHeaders().getFirst("Authorization");
    return header == null ? "" : header;
  }

  private boolean isUser(String authorization) {
    String pair =
        Base64.getEncoder()
            .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return authorization.equals("Bearer " + bearer) || authorization.equals("Basic " + pair);
  }

  private Reply system(String call, HttpExchange exchange, String body) {
    String[] parts = call.split("/", -1);
    String service = parts.length > 3 ? parts[3] : "";
    String job = parts.length > 4 ? parts[4] : "";
    String what =
        parts[0] + parts[2] + (parts.length > 3 ? "/s" : "") + (parts.length > 4 ? "/j" : "");
    return switch (what) {
      case "GET info" ->
          new Reply(200, "{\"version\":\"stand-in\",\"kubernetes_version\":\"none\"}");
      case "GET services" -> new Reply(200, services.values().toString());
      case "POST services" -> put(body, false);
      case "PUT services" -> put(body, true);
      case "GET services/s" ->
          services.containsKey(service)
              ? new Reply(200, services.get(service).toString())
              : Reply.of(404);
      case "DELETE services/s" -> {
        jobs.values().removeIf(j -> j.isOf(service) && j.delete());
        yield Reply.of(services.remove(service) == null ? 404 : 204);
      }
      case "GET logs/s" ->
          services.containsKey(service)
              ? new Reply(200, list(service, exchange.getRequestURI().getQuery()).toString())
              : Reply.of(404);
      case "DELETE logs/s" -> {
        jobs.values().removeIf(j -> j.isOf(service) && j.state().equals("Succeeded"));
        yield Reply.of(204);
      }
      case "GET logs/s/j" ->
          jobs.containsKey(job) ? new Reply(200, jobs.get(job).log()) : Reply.of(404);
      case "DELETE logs/s/j" -> {
        StandInJob gone = jobs.remove(job);
        yield Reply.of(gone != null && gone.delete() ? 204 : 404);
      }
      default -> Reply.of(404);
    };
  }

  private Reply put(String body, boolean update) {
    if (!problem.isEmpty()) {
      return new Reply(400, problem);
    }
    ObjectNode service = (ObjectNode) JSON.readTree(body);
    String name = service.path("name").asString("");
    if (name.isEmpty() || name.length() > 39) {
      return new Reply(400, "The service specification is not valid: 'Name' failed on 'max'");
    }
    for (String field : List.of("image", "script")) {
      if (service.path(field).asString("").isEmpty()) {
        return new Reply(400, "The service specification is not valid: no " + field);
      }
    }
    if (update != services.containsKey(name)) {
      return update
          ? Reply.of(404)
          : new Reply(400, "A service with the provided name already exists");
    }
    service.put("token", UUID.randomUUID().toString().replace("-", "").repeat(2));
    services.put(name, service);
    return Reply.of(update ? 204 : 201);
  }

  /** Takes no basic authentication: a user's token or the service's own. */
  private Reply invoke(String name, HttpExchange call, String event) {
    ObjectNode service = services.get(name);
    if (service == null) {
      return Reply.of(404);
    }
    String authorization = authorization(call);
    if (!authorization.equals("Bearer " + bearer)
        && !authorization.equals("Bearer " + service.path("token").asString())) {
      return Reply.of(401);
    }
    String given = call.getRequestHeaders().getFirst("X-Delegated-Job-ID");
    String job = given == null ? name.substring(0, 16) + "-" + UUID.randomUUID() : given;
    if (jobs.containsKey(job)) {
      return new Reply(500, "jobs.batch \"%s\" already exists".formatted(job));
    }
    jobs.put(job, new StandInJob(job, service, event));
    return Reply.of(201);
  }

  private JsonNode list(String service, String query) {
    int from = query == null ? 0 : Integer.parseInt(query.replaceFirst("^page=", ""));
    List<StandInJob> all = jobs.values().stream().filter(j -> j.isOf(service)).toList();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode page = answer.putObject("jobs");
    for (StandInJob job : all.subList(from, Math.min(all.size(), from + PAGE))) {
      page.putObject(job.name()).put("status", job.state());
    }
    if (from + PAGE < all.size()) {
      answer.put("next_page", Integer.toString(from + PAGE));
      answer.put("remaining_jobs", all.size() - from - PAGE);
    } else {
      answer.put("next_page", "");
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
    jobs().forEach(StandInJob::delete);
  }
}
