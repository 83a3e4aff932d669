package io.twinflow.executors.slurm;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for the versions of slurmrestd that no Debian package has, v0.0.40 and later, as far as
 * this client calls them: written from their documents, not from a run of the real one. Its jobs
 * are processes of this machine, first come, first served.
 */
final class SlurmStandIn implements AutoCloseable {

  static final String TOKEN = "stand-in";
  private static final int CORES = 64;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String version;
  private final HttpServer server;
  private final List<Running> jobs = new ArrayList<>();
  private long next = 1;
  private int free = CORES;

  SlurmStandIn(String version) {
    this.version = version;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A job, or one task of an array. */
  private static final class Running {
    private final long array;
    private final int index;
    private final boolean isArray;
    private final long id;
    private final JsonNode job;
    private final String script;
    private String state = "PENDING";
    private long started;
    private boolean cancelled;
    private Process process;

    Running(long array, int index, boolean isArray, long id, JsonNode job, String script) {
      this.array = array;
      this.index = index;
      this.isArray = isArray;
      this.id = id;
      this.job = job;
      this.script = script;
    }

    int cores() {
      return job.path("cpus_per_task").asInt(1) * job.path("tasks").asInt(1);
    }

    boolean isOver() {
      return !state.equals("PENDING") && !state.equals("RUNNING");
    }
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath();
      if (!TOKEN.equals(call.getRequestHeaders().getFirst("X-SLURM-USER-TOKEN"))) {
        send(call, 401, "Authentication failure");
        return;
      }
      String prefix = "/slurm/" + version + "/";
      JsonNode body =
          call.getRequestMethod().equals("POST")
              ? JSON.readTree(call.getRequestBody().readAllBytes())
              : JsonNodeFactory.instance.objectNode();
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.putArray("warnings");
      ArrayNode errors = answer.putArray("errors");
      synchronized (jobs) {
        switch (call.getRequestMethod() + " " + path.replace(prefix, "")) {
          case "GET /openapi/v3" -> answer.putObject("paths").putObject(prefix + "ping/");
          case "GET jobs" -> list(answer.putArray("jobs"));
          case "GET nodes" ->
              answer
                  .putArray("nodes")
                  .addObject()
                  .put("name", "here")
                  .put("cpus", CORES)
                  .put("real_memory", 8000);
          case "POST job/submit" -> submit(body, answer, errors);
          default -> {
            if (!call.getRequestMethod().equals("DELETE")) {
              send(call, 404, "no such path");
              return;
            }
            cancel(path.substring(path.lastIndexOf('/') + 1));
          }
        }
      }
      send(call, errors.isEmpty() ? 200 : 500, answer.toString());
    }
  }

  private static void send(HttpExchange call, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }

  private void submit(JsonNode body, ObjectNode answer, ArrayNode errors) {
    JsonNode job = body.path("job");
    JsonNode memory = job.path("memory_per_node");
    if (!job.path("environment").isArray() || job.path("environment").isEmpty()) {
      errors.addObject().put("error_number", 2127).put("description", "environment must be a list");
    } else if (!memory.isObject() || !memory.path("set").asBoolean()) {
      errors.addObject().put("error_number", 1).put("description", "memory must say it is set");
    } else {
      long array = next++;
      String tasks = job.path("array").asString("");
      int last = tasks.isEmpty() ? 0 : Integer.parseInt(tasks.replaceAll("^0-|%.*$", ""));
      String script = body.path("script").asString();
      for (int i = 0; i <= last; i++) {
        long id = i == 0 ? array : next++;
        jobs.add(new Running(array, i, !tasks.isEmpty(), id, job, script));
      }
      startWhatFits();
      answer.put("job_id", array).put("step_id", "batch");
    }
  }

  /** In their order: the first that does not fit holds the others back. */
  private void startWhatFits() {
    for (Running job : jobs) {
      if (job.state.equals("PENDING")) {
        if (job.cores() > free) {
          return;
        }
        free -= job.cores();
        job.state = "RUNNING";
        job.started = System.currentTimeMillis() / 1000;
        Thread.ofVirtual().start(() -> run(job));
      }
    }
  }

  private void run(Running job) {
    int code = 1;
    try {
      Path script = Files.createTempFile("slurm-stand-in", ".sh");
      Files.writeString(script, job.script);
      ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
      builder.environment().clear();
      job.job
          .path("environment")
          .forEach(variable -> {
            String[] parts = variable.asString().split("=", 2);
            builder.environment().put(parts[0], parts[1]);
          });
      builder.environment().put("SLURM_JOB_ID", Long.toString(job.id));
      if (job.isArray) {
        builder.environment().put("SLURM_ARRAY_JOB_ID", Long.toString(job.array));
        builder.environment().put("SLURM_ARRAY_TASK_ID", Integer.toString(job.index));
      }
      Process process =
          builder
              .directory(Path.of(job.job.path("current_working_directory").asString()).toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      synchronized (jobs) {
        job.process = process;
        if (job.cancelled) {
          kill(job);
        }
      }
      code = process.waitFor();
      Files.delete(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (jobs) {
        job.state = job.cancelled ? "CANCELLED" : code == 0 ? "COMPLETED" : "FAILED";
        free += job.cores();
        startWhatFits();
      }
    }
  }

  private void cancel(String which) {
    for (Running job : jobs) {
      boolean meant =
          which.contains("_")
              ? which.equals(job.array + "_" + job.index)
              : which.equals(Long.toString(job.array));
      if (meant && !job.isOver()) {
        job.cancelled = true;
        if (job.state.equals("PENDING")) {
          job.state = "CANCELLED";
        } else if (job.process != null) {
          kill(job);
        }
      }
    }
    startWhatFits();
  }

  private static void kill(Running job) {
    List<ProcessHandle> all =
        job.process.toHandle().descendants().collect(Collectors.toCollection(ArrayList::new));
    all.add(job.process.toHandle());
    all.forEach(ProcessHandle::destroy);
  }

  private void list(ArrayNode list) {
    jobs.stream()
        .filter(job -> job.isArray && job.state.equals("PENDING"))
        .collect(Collectors.groupingBy(job -> job.array))
        .forEach((array, waiting) -> {
          ObjectNode rest = describe(list.addObject(), waiting.getFirst());
          rest.putObject("array_task_id").put("set", false).put("infinite", false).put("number", 0);
        });
    // Tasks that are cancelled while their array waits appear nowhere.
    for (Running job : jobs) {
      if (!job.isArray || job.started != 0) {
        ObjectNode described = describe(list.addObject(), job);
        described
            .putObject("array_task_id")
            .put("set", job.isArray)
            .put("infinite", false)
            .put("number", job.index);
      }
    }
  }

  private static ObjectNode describe(ObjectNode node, Running job) {
    node.put("job_id", job.id);
    node.putObject("array_job_id")
        .put("set", true)
        .put("infinite", false)
        .put("number", job.isArray ? job.array : 0);
    node.put("comment", job.job.path("comment").asString());
    ArrayNode states = node.putArray("job_state").add(job.cancelled ? "CANCELLED" : job.state);
    if (job.cancelled && job.state.equals("RUNNING")) {
      states.add("COMPLETING");
    }
    node.put("state_reason", job.state.equals("PENDING") ? "Resources" : "None");
    node.put("batch_host", job.started == 0 ? "" : "here");
    node.putObject("start_time")
        .put("set", job.started != 0)
        .put("infinite", false)
        .put("number", job.started);
    return node;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
