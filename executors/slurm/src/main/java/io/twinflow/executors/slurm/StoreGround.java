package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.place.ObjectPlace;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import io.twinflow.executors.bundle.remote.AtOnce;
import io.twinflow.executors.bundle.remote.RemoteTasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store, for a cluster whose nodes see no folder of this machine.
 *
 * @param isScratchOfAll whether all nodes see the folders that jobs make
 */
record StoreGround(
    String site, ObjectPlace place, RemoteTasks tasks, StagedJob staged, boolean isScratchOfAll)
    implements Ground {

  /** Which every node has for itself. */
  private static final Path SCRATCH = Path.of("/tmp/twinflow");

  static StoreGround of(
      String site, SlurmOptions.Staged staged, @Nullable ContainerTemplate containers) {
    Path given = staged.scratch();
    Path root = given == null ? SCRATCH : given;
    RemoteTasks tasks =
        RemoteTasks.of(staged.exchange(), site, root, new Containers.OfScript(containers));
    return new StoreGround(
        site, staged.exchange().place(), tasks, new StagedJob(tasks, root), given != null);
  }

  @Override
  public Attempts attempts() {
    return tasks;
  }

  @Override
  public void check(ResourceRequest asked) throws AttemptFailure {
    if (asked.processes() > 1 && !isScratchOfAll) {
      throw new AttemptFailure(
          FailureKind.USER,
          "needs %d processes, which may start on several nodes, and each node of site %s has a folder %s of its own; set scratch to one that all nodes see"
              .formatted(asked.processes(), site, SCRATCH));
    }
  }

  @Override
  public StoreNotes notes(BatchKey batch) {
    return new StoreNotes(place, "sites/" + site + "/batches/" + batch.value() + "/", batch);
  }

  @Override
  public BatchContent write(BatchKey batch, List<String> attempts, List<Submission> parts)
      throws IOException {
    return notes(batch).write(attempts, parts);
  }

  @Override
  public BatchContent write(BatchKey batch, TaskSpec only, Submission part)
      throws IOException, AttemptFailure {
    tasks.write(only);
    return write(batch, List.of(name(only.attempt())), List.of(part));
  }

  @Override
  public String name(AttemptKey attempt) {
    return attempt.value();
  }

  @Override
  public JobText job(BatchKey batch, ResourceRequest asked) {
    return new JobText(staged.script(asked), StagedJob.START, StagedJob.ERRORS);
  }

  @Override
  public JobText job(BatchKey batch, TaskSpec only) {
    return job(batch, only.resources());
  }

  @Override
  public Map<String, String> environment(BatchKey batch, BatchContent content, Submission part) {
    List<AttemptKey> attempts = new ArrayList<>();
    for (String name : content.attempts().subList(part.first(), part.first() + part.tasks())) {
      attempts.add(AttemptKey.of(batch.installation(), name).orElseThrow());
    }
    return staged.environment(attempts);
  }

  @Override
  public int mostInArray() {
    return StagedJob.MOST;
  }

  @Override
  public Sight look(Collection<Followed> wanted) throws IOException {
    RemoteTasks.Seen seen = tasks.look();
    Map<AttemptKey, TaskResult> results = new ConcurrentHashMap<>();
    AtOnce.each(
        wanted.stream().filter(one -> seen.hasEnded(one.attempt())).toList(),
        one ->
            tasks
                .result(one.attempt(), one.queued())
                .ifPresent(result -> results.put(one.attempt(), result)));
    return followed -> Optional.ofNullable(results.get(followed.attempt()));
  }

  @Override
  public JobErrors errors() {
    return new ErrorsOnNodes();
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(tasks.check());
    findings.add(
        isScratchOfAll
            ? Finding.good("scratch", "jobs make folders below " + staged.root())
            : Finding.note(
                "scratch",
                "jobs make folders below %s of their own node, so that tools of several processes (MPI) cannot run here"
                    .formatted(SCRATCH),
                "set scratch to a folder that all nodes see"));
    return findings;
  }
}
