package io.twinflow.executors.slurm;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What one version of slurmrestd's interface says and hears; all differences are here. */
interface Dialect {

  /** Such as {@code v0.0.38}. */
  String version();

  default String path(String call) {
    return "/slurm/" + version() + "/" + call;
  }

  JsonNode submission(Submission what, Map<String, String> environment, SlurmOptions.Jobs jobs);

  /** Of an answer to {@code jobs}. */
  List<Job> jobs(JsonNode answer);

  /** Whether a user has a job that waits or runs, in an answer to {@code jobs}. */
  default boolean hasJobsOf(String user, JsonNode answer) {
    List<Job> jobs = jobs(answer);
    for (int i = 0; i < jobs.size(); i++) {
      String state = jobs.get(i).state();
      if ((Ends.waits(state) || Ends.runs(state))
          && answer.path("jobs").get(i).path("user_name").asString("").equals(user)) {
        return true;
      }
    }
    return false;
  }

  /** Of an answer to {@code nodes}. */
  List<Node> nodes(JsonNode answer);

  /** Of an answer to {@code job} of slurmdbd. */
  List<PastJob> past(JsonNode answer);

  /** Whether many jobs can be cancelled by one call. */
  default boolean cancelsMany() {
    return false;
  }

  /** A computer of the cluster. */
  record Node(String name, int cores, long memoryMiB, int gpus) {}
}
