package io.twinflow.executors.slurm;

import io.twinflow.executors.api.place.Exchange;
import io.twinflow.executors.api.token.Tokens;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A site of Slurm.
 *
 * @param site its name in the configuration
 * @param rest where slurmrestd answers
 * @param user whose jobs they are
 * @param files how they get to jobs and back
 * @param jobs what all jobs are submitted with
 * @param poll the time between two requests for the states of all jobs
 * @param containers how the nodes run them; null if they do not
 * @param history where to ask about jobs that the controller does not know any more
 */
public record SlurmOptions(
    String site,
    URI rest,
    String user,
    Tokens tokens,
    Files files,
    Jobs jobs,
    Duration poll,
    @Nullable ContainerTemplate containers,
    History history) {

  /** How files get to jobs and back. */
  public sealed interface Files {}

  /** By a folder that this machine and all nodes see under the same name. */
  public record Shared(Path root) implements Files {}

  /**
   * By URLs of a store.
   *
   * @param scratch a folder that all nodes see, below which jobs make theirs; null for one that
   *     each node has for itself
   */
  public record Staged(Exchange exchange, @Nullable Path scratch) implements Files {}

  /**
   * @param partition null for the cluster's own choice, and so the others
   * @param licenses as in {@code matlab:1,fluent:2}
   * @param throttle how many tasks of one array run at once; 0 for as many as fit
   * @param maxArraySize of slurm.conf, which is one more than the largest index
   * @param gpu the type of GPU that is asked for, as gres.conf names it; null for any
   * @param time that jobs get whose tools have no limit of their own; null for what the partition
   *     gives
   * @param more properties of a job in slurmrestd's own words, as in {@code reservation}
   */
  public record Jobs(
      @Nullable String partition,
      @Nullable String account,
      @Nullable String qos,
      @Nullable String constraint,
      @Nullable String licenses,
      int throttle,
      int maxArraySize,
      @Nullable String gpu,
      @Nullable Duration time,
      Map<String, String> more) {

    /** What Slurm has when slurm.conf says nothing. */
    public static final int DEFAULT_ARRAY = 1001;

    public static final Jobs PLAIN =
        new Jobs(null, null, null, null, null, 0, DEFAULT_ARRAY, null, null, Map.of());

    public Jobs {
      more = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    public Jobs inPartition(String name) {
      return new Jobs(
          name, account, qos, constraint, licenses, throttle, maxArraySize, gpu, time, more);
    }

    public Jobs withMaxArraySize(int size) {
      return new Jobs(
          partition, account, qos, constraint, licenses, throttle, size, gpu, time, more);
    }
  }

  /**
   * What the controller forgets (MinJobAge of slurm.conf) is written down elsewhere.
   *
   * @param completions the file of the plugin jobcomp/filetxt, where this machine sees it; null if
   *     it does not
   * @param accounting whether slurmrestd can ask slurmdbd
   */
  public record History(@Nullable Path completions, boolean accounting) {

    public static final History NONE = new History(null, false);
  }

  public static SlurmOptions at(URI rest, String user, Tokens tokens, Path root) {
    return new SlurmOptions(
        "slurm",
        rest,
        user,
        tokens,
        new Shared(root),
        Jobs.PLAIN,
        Duration.ofSeconds(15),
        null,
        History.NONE);
  }

  public SlurmOptions withFiles(Files exchanged) {
    return new SlurmOptions(site, rest, user, tokens, exchanged, jobs, poll, containers, history);
  }

  public SlurmOptions withPoll(Duration interval) {
    return new SlurmOptions(site, rest, user, tokens, files, jobs, interval, containers, history);
  }

  public SlurmOptions withJobs(Jobs submitted) {
    return new SlurmOptions(site, rest, user, tokens, files, submitted, poll, containers, history);
  }

  public SlurmOptions withContainers(ContainerTemplate template) {
    return new SlurmOptions(site, rest, user, tokens, files, jobs, poll, template, history);
  }

  public SlurmOptions withHistory(History known) {
    return new SlurmOptions(site, rest, user, tokens, files, jobs, poll, containers, known);
  }
}
