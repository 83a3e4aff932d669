package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An error of an answer, in Slurm's own words, and what its number means (slurm_errno.h).
 *
 * @param number 0 if it has none
 */
record SlurmError(int number, String words) {

  /** "Invalid job array specification": the array is larger than MaxArraySize. */
  static final int ARRAY = 2081;

  /**
   * "Job violates accounting/QOS policy": more jobs than the user may have at one time, or a job
   * that is larger than the account allows; Slurm does not say which.
   */
  static final int LIMIT = 2050;

  /** No nodes and no partition can ever give so much, and a job that was taken waits for ever. */
  private static final Set<Integer> NEVER = Set.of(2014, 2015);

  /** No node, partition, account or quality of service allows so much. */
  private static final Set<Integer> TOO_MUCH = Set.of(2014, 2015, LIMIT, 2051, 2052);

  /** EAGAIN: it has as many jobs as it may hold. */
  private static final int BUSY = 11;

  static SlurmError of(JsonNode error) {
    int number =
        error
            .path("error_number")
            .asInt(error.path("errno").asInt(error.path("error_code").asInt(0)));
    String words = error.path("description").asString("");
    return new SlurmError(
        number, words.isEmpty() ? error.path("error").asString("no reason given") : words);
  }

  /**
   * Whether the controller was not reached, or did not believe who called: communication (1000 and
   * on), sockets (5000 and on), authentication (6000 and on), and -1 for what slurmrestd 22.05 does
   * not name. Nothing is known then, and nothing has failed.
   */
  boolean isLost() {
    return number == -1
        || number == BUSY
        || (number >= 1000 && number < 2000)
        || (number >= 5000 && number < 7000);
  }

  /** Of a job that was taken all the same: it waits for drained nodes, a limit, or to be let go. */
  boolean mayPass() {
    return !NEVER.contains(number);
  }

  FailureKind kind() {
    return TOO_MUCH.contains(number) ? FailureKind.RESOURCES : FailureKind.USER;
  }
}
