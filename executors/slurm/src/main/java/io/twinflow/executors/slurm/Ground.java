package io.twinflow.executors.slurm;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Attempts;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where attempts lie that the engine writes and jobs run, and what a job must do to run one. */
interface Ground {

  static Ground of(SlurmOptions options) {
    return switch (options.files()) {
      case SlurmOptions.Shared(var root) ->
          FolderGround.of(options.site(), root, options.containers());
      case SlurmOptions.Staged staged ->
          StoreGround.of(options.site(), staged, options.containers());
    };
  }

  Attempts attempts();

  /**
   * @throws AttemptFailure if that cannot be had here
   */
  void check(ResourceRequest asked) throws AttemptFailure;

  /**
   * Of a batch: what it consists of, and which jobs were made of it; as it is written now.
   *
   * @throws IOException if the place where they lie is not there now
   */
  BatchNotes notes(BatchKey batch) throws IOException;

  /**
   * Writes down a batch of which all attempts are written: all of it or nothing; an earlier
   * engine's stays as it is.
   *
   * @param attempts by their {@link #name}
   * @return what is there now
   */
  BatchContent write(BatchKey batch, List<String> attempts, List<Submission> parts)
      throws IOException;

  /**
   * The same for a batch of one task, with its attempt.
   *
   * @throws AttemptFailure if the task can never run like this; nothing is written then
   */
  BatchContent write(BatchKey batch, TaskSpec only, Submission part)
      throws IOException, AttemptFailure;

  /** How the notes of a batch call an attempt. */
  String name(AttemptKey attempt);

  /**
   * What a job is.
   *
   * @param script reads which attempt is its own from {@link #environment} and its array's index
   * @param folder where it starts
   * @param errors where its standard error goes; {@code %s} stands for what Slurm calls the job
   */
  record JobText(String script, String folder, String errors) {}

  JobText job(BatchKey batch, ResourceRequest asked);

  /** What the job of a batch of one task is. */
  JobText job(BatchKey batch, TaskSpec only);

  /** What only the jobs of this part are told; may be secret. */
  Map<String, String> environment(BatchKey batch, BatchContent content, Submission part)
      throws IOException;

  /** So many attempts can be told of in one environment. */
  int mostInArray();

  /** What became of attempts, at a moment. */
  @FunctionalInterface
  interface Sight {
    /** Empty if it has not ended, as far as was seen. */
    Optional<TaskResult> result(Followed followed) throws IOException;
  }

  /**
   * Of these at one moment, which is not before the call.
   *
   * @throws IOException if nothing is known now; it may be asked again
   */
  Sight look(Collection<Followed> wanted) throws IOException;

  /** What jobs and the daemons of their nodes said. */
  JobErrors errors();

  /** What an administrator should know of it; asks it. */
  List<Finding> findings();
}
