package io.twinflow.executors.slurm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** v0.0.38, of Slurm 22.05 to 23.11: numbers are plain, the environment is an object. */
final class V0038 implements Dialect {

  /** What a script starts with; the bundle gives the tool its own. */
  static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  private static final Pattern GPU = Pattern.compile("(?:^|,)gpu:(?:[^:,()]+:)?([0-9]+)(?=[(,]|$)");

  @Override
  public String version() {
    return "v0.0.38";
  }

  @Override
  public JsonNode submission(
      Submission what, Map<String, String> environment, SlurmOptions.Jobs jobs) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode job = alike(body, what, jobs);
    ObjectNode variables = job.putObject("environment").put("PATH", PATH);
    environment.forEach(variables::put);
    job.put("open_mode", "append");
    job.put("memory_per_node", what.memoryMiB());
    if (what.gpus() > 0) {
      job.put("gres", gpus(what, jobs));
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
    job.put("standard_error", what.errorsAtSlurm());
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
    put(job, "licenses", jobs.licenses());
    jobs.more().forEach(job::put);
    return job;
  }

  /** As in {@code gpu:2} or {@code gpu:a100:2}. */
  static String gpus(Submission what, SlurmOptions.Jobs jobs) {
    return "gpu:" + (jobs.gpu() == null ? "" : jobs.gpu() + ":") + what.gpus();
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
              start == 0 ? null : Instant.ofEpochSecond(start),
              JobEnd.minutes(number(job.path("time_limit")))));
    }
    return jobs;
  }

  /** As a number, or as an object that says whether it is set; null if it is not. */
  static @Nullable Long number(JsonNode value) {
    if (value.isNumber()) {
      return value.asLong();
    }
    return value.path("set").asBoolean(false) && !value.path("infinite").asBoolean(false)
        ? value.path("number").asLong()
        : null;
  }

  static String reason(JsonNode job) {
    String words = job.path("state_reason").asString("");
    return words.equals("None") ? "" : words;
  }

  @Override
  public List<Node> nodes(JsonNode answer) {
    return allNodes(answer);
  }

  /** Of all types, as in {@code gpu:a100:4(S:0-1),shard:8}. */
  static int gpus(String gres) {
    int gpus = 0;
    Matcher matcher = GPU.matcher(gres);
    while (matcher.find()) {
      gpus += Integer.parseInt(matcher.group(1));
    }
    return gpus;
  }

  @Override
  public List<PastJob> past(JsonNode answer) {
    return pastJobs(answer);
  }

  static List<PastJob> pastJobs(JsonNode answer) {
    List<PastJob> jobs = new ArrayList<>();
    for (JsonNode job : answer.path("jobs")) {
      JsonNode array = job.path("array");
      JsonNode index = array.path("task_id");
      JsonNode task = index.isObject() ? index.path("number") : index;
      JsonNode state = job.path("state").path("current");
      jobs.add(
          new PastJob(
              array.path("job_id").asLong(0) == 0
                  ? job.path("job_id").asString("")
                  : array.path("job_id").asLong() + "_" + task.asString(""),
              job.path("name").asString(""),
              new JobEnd(
                  (state.isArray() ? state.path(0) : state).asString(""),
                  JobEnd.minutes(number(job.path("time").path("limit"))))));
    }
    return jobs;
  }

  static List<Node> allNodes(JsonNode answer) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode node : answer.path("nodes")) {
      nodes.add(
          new Node(
              node.path("name").asString(""),
              node.path("cpus").asInt(0),
              node.path("real_memory").asLong(0),
              gpus(node.path("gres").asString(""))));
    }
    return nodes;
  }
}
