package io.twinflow.executors.slurm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** v0.0.38, of Slurm 22.05 to 23.11: numbers are plain, the environment is an object. */
final class V0038 implements Dialect {

  /** What a script starts with; the bundle gives the tool its own. */
  static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  @Override
  public String version() {
    return "v0.0.38";
  }

  @Override
  public JsonNode submission(Submission what, SlurmOptions.Jobs jobs) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode job = alike(body, what, jobs);
    job.putObject("environment").put("PATH", PATH);
    job.put("open_mode", "append");
    job.put("memory_per_node", what.memoryMiB());
    if (what.gpus() > 0) {
      job.put("gres", "gpu:" + what.gpus());
    }
    if (what.minutes() != null) {
      job.put("time_limit", what.minutes());
    }
    return body;
  }

  /** What all versions are told in the same words. */
  static ObjectNode alike(ObjectNode body, Submission what, SlurmOptions.Jobs jobs) {
    body.put("script", what.script());
    ObjectNode job = body.putObject("job");
    job.put("name", what.name());
    job.put("comment", what.comment());
    job.put("current_working_directory", what.folder());
    job.put("standard_input", "/dev/null");
    job.put("standard_output", "/dev/null");
    job.put("standard_error", what.folder() + "/errors.log");
    // Slurm 22.05 heeds it from no client of v0.0.38; a second start finds the claim taken.
    job.put("requeue", false);
    job.put("tasks", what.processes());
    job.put("cpus_per_task", what.cores());
    if (what.tasks() > 1) {
      String throttle = jobs.throttle() > 0 ? "%" + jobs.throttle() : "";
      job.put("array", "0-" + (what.tasks() - 1) + throttle);
    }
    put(job, "partition", jobs.partition());
    put(job, "account", jobs.account());
    put(job, "qos", jobs.qos());
    put(job, "constraints", jobs.constraint());
    return job;
  }

  private static void put(ObjectNode job, String name, @Nullable String value) {
    if (value != null) {
      job.put(name, value);
    }
  }

  @Override
  public List<Job> jobs(JsonNode answer) {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : answer.path("jobs")) {
      long start = job.path("start_time").asLong(0);
      JsonNode index = job.path("array_task_id");
      boolean array = job.path("array_job_id").asLong(0) != 0;
      jobs.add(
          new Job(
              array ? job.path("array_job_id").asLong() : job.path("job_id").asLong(),
              job.path("comment").asString(""),
              array,
              array && index.isNumber() ? index.asInt() : null,
              job.path("job_state").asString(""),
              reason(job),
              job.path("batch_host").asString(""),
              start == 0 ? null : Instant.ofEpochSecond(start)));
    }
    return jobs;
  }

  static String reason(JsonNode job) {
    String words = job.path("state_reason").asString("");
    return words.equals("None") ? "" : words;
  }

  @Override
  public List<Node> nodes(JsonNode answer) {
    return allNodes(answer);
  }

  static List<Node> allNodes(JsonNode answer) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : answer.path("nodes")) {
      nodes.add(
          new Node(
              node.path("name").asString(""),
              node.path("cpus").asInt(0),
              node.path("real_memory").asLong(0)));
    }
    return nodes;
  }
}
