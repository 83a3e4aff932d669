package io.twinflow.executors.slurm;

import io.twinflow.executors.api.token.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A site of Slurm.
 *
 * @param site its name in the configuration
 * @param rest where slurmrestd answers
 * @param user whose jobs they are
 * @param root a folder that the engine and all nodes see under the same name
 * @param jobs what all jobs are submitted with
 * @param poll the time between two requests for the states of all jobs
 */
public record SlurmOptions(
    String site, URI rest, String user, Tokens tokens, Path root, Jobs jobs, Duration poll) {

  /**
   * @param partition null for the cluster's own choice, and so the others
   * @param throttle how many tasks of one array run at once; 0 for as many as fit
   */
  public record Jobs(
      @Nullable String partition,
      @Nullable String account,
      @Nullable String qos,
      @Nullable String constraint,
      int throttle) {

    public static final Jobs PLAIN = new Jobs(null, null, null, null, 0);
  }

  public static SlurmOptions at(URI rest, String user, Tokens tokens, Path root) {
    return new SlurmOptions("slurm", rest, user, tokens, root, Jobs.PLAIN, Duration.ofSeconds(15));
  }

  public SlurmOptions withPoll(Duration interval) {
    return new SlurmOptions(site, rest, user, tokens, root, jobs, interval);
  }

  public SlurmOptions withJobs(Jobs submitted) {
    return new SlurmOptions(site, rest, user, tokens, root, submitted, poll);
  }
}
