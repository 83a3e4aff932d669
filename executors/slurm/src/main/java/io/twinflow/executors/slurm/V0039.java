package io.twinflow.executors.slurm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * v0.0.39 and what came after it, of Slurm 23.02 to 26.05: numbers may be objects that say whether
 * they are set, the environment is a list, and from v0.0.40 on a state is a list of flags.
 *
 * @param version such as {@code v0.0.43}
 */
record V0039(String version) implements Dialect {

  /** Says more about a state than the state that stands beside it. */
  private static final Set<String> BESIDE = Set.of("COMPLETING", "CONFIGURING", "REQUEUED");

  @Override
  public JsonNode submission(
      Submission what, Map<String, String> environment, SlurmOptions.Jobs jobs) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode job = V0038.alike(body, what, jobs);
    ArrayNode variables = job.putArray("environment").add("PATH=" + V0038.PATH);
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    number(job, "memory_per_node", what.memoryMiB());
    if (what.gpus() > 0) {
      job.put("tres_per_node", "gres/" + V0038.gpus(what, jobs));
    }
    Integer minutes = what.minutes();
    if (minutes != null) {
      number(job, "time_limit", minutes);
    }
    return body;
  }

  private static void number(ObjectNode job, String name, long value) {
    job.putObject(name).put("set", true).put("infinite", false).put("number", value);
  }

  @Override
  public List<Job> jobs(JsonNode answer) {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : answer.path("jobs")) {
      Long parent = V0038.number(job.path("array_job_id"));
      long arrayId = parent == null ? 0 : parent;
      boolean array = arrayId != 0;
      Long index = V0038.number(job.path("array_task_id"));
      Long start = V0038.number(job.path("start_time"));
      jobs.add(
          new Job(
              array ? arrayId : job.path("job_id").asLong(),
              job.path("comment").asString(""),
              array,
              array && index != null ? Math.toIntExact(index) : null,
              state(job.path("job_state")),
              V0038.reason(job),
              job.path("batch_host").asString(""),
              start == null || start == 0 ? null : Instant.ofEpochSecond(start),
              JobEnd.minutes(V0038.number(job.path("time_limit")))));
    }
    return jobs;
  }

  /** A job that is completing has not ended, whatever it ends as. */
  private static String state(JsonNode value) {
    if (!value.isArray()) {
      return value.asString("");
    }
    String state = "";
    for (JsonNode flag : value) {
      String name = flag.asString("");
      if (BESIDE.contains(name)) {
        return name;
      }
      state = state.isEmpty() ? name : state;
    }
    return state;
  }

  /** From v0.0.41 on: v0.0.40 of the first Slurm 23.11 has no such call. */
  @Override
  public boolean cancelsMany() {
    return Integer.parseInt(version.substring(version.lastIndexOf('.') + 1)) > 40;
  }

  @Override
  public List<PastJob> past(JsonNode answer) {
    return V0038.pastJobs(answer);
  }

  @Override
  public List<Node> nodes(JsonNode answer) {
    return V0038.allNodes(answer);
  }
}
