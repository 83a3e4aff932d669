package io.twinflow.executors.slurm;

import static io.twinflow.executors.bundle.ShellWords.quote;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.BatchKey;
import io.twinflow.executors.api.ResourceRequest;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.bundle.Attempts;
import io.twinflow.executors.bundle.Bundle;
import io.twinflow.executors.bundle.Containers;
import io.twinflow.executors.bundle.FolderAttempts;
import io.twinflow.executors.bundle.container.ContainerTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder that this machine and all nodes see under the same name.
 *
 * @param bundle the script that runs an attempt's folder
 */
record FolderGround(FolderAttempts folders, Path bundle) implements Ground {

  /** The variable that tells the script which line of the batch is its first, from 1 on. */
  private static final String FIRST = "TWINFLOW_FIRST";

  /**
   * @throws UncheckedIOException if the folder cannot be used, and not for a share that is not
   *     mounted
   */
  static FolderGround of(String site, Path folder, @Nullable ContainerTemplate containers) {
    try {
      FolderAttempts folders = FolderAttempts.in(folder, new Containers.OfScript(containers));
      return new FolderGround(folders, Bundle.script(folders.root()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as the shared folder of site %s: %s".formatted(folder, site, e), e);
    }
  }

  @Override
  public Attempts attempts() {
    return folders;
  }

  @Override
  public void check(ResourceRequest asked) {}

  @Override
  public BatchNotes notes(BatchKey batch) throws IOException {
    folders.ready();
    return FolderNotes.of(folders.root(), batch);
  }

  @Override
  public BatchContent write(BatchKey batch, List<String> attempts, List<Submission> parts)
      throws IOException {
    return BatchFolder.of(folders.root(), batch).write(attempts, parts);
  }

  @Override
  public BatchContent write(BatchKey batch, TaskSpec only, Submission part)
      throws IOException, AttemptFailure {
    return SingleFile.of(folders.root(), batch)
        .write(name(only.attempt()), part, folders.writeUnlessWords(only).orElse(""));
  }

  @Override
  public String name(AttemptKey attempt) {
    return folders.folder(attempt).path().toString();
  }

  @Override
  public JobText job(BatchKey batch, ResourceRequest asked) {
    BatchFolder folder = BatchFolder.of(folders.root(), batch);
    String script =
        """
        #!/bin/sh
        folder=$(sed -n "$((${SLURM_ARRAY_TASK_ID:-0} + $%s))p" %s)
        %sexec sh %s "$folder" %s
        """
            .formatted(
                FIRST,
                quote(folder.attempts().toString()),
                JobWords.asksForMore(asked) ? JobWords.surroundings("$folder") : "",
                quote(bundle.toString()),
                JobWords.SITE_ID);
    return new JobText(script, folder.path().toString(), folder.errors().toString());
  }

  /**
   * Makes the attempt's folder where it runs, unless it had to be made before; a second copy finds
   * all of it there.
   */
  @Override
  public JobText job(BatchKey batch, TaskSpec only) {
    SingleFile file = SingleFile.of(folders.root(), batch);
    String script =
        """
        #!/bin/sh
        folder=%s
        if [ ! -d "$folder/claim" ]; then
          [ -d "$folder" ] || mkdir -m 700 "$folder"
          [ -e "$folder/task" ] || ln -s %s "$folder/task"
        fi
        %sexec sh %s "$folder" %s
        """
            .formatted(
                quote(name(only.attempt())),
                quote(file.path().toString()),
                JobWords.asksForMore(only.resources()) ? JobWords.surroundings("$folder") : "",
                quote(bundle.toString()),
                JobWords.SITE_ID);
    return new JobText(script, folders.root().toString(), file.errors().toString());
  }

  @Override
  public Map<String, String> environment(BatchKey batch, BatchContent content, Submission part) {
    return Map.of(FIRST, Integer.toString(part.first() + 1));
  }

  @Override
  public int mostInArray() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Sight look(Collection<Followed> wanted) {
    return followed -> folders.result(followed.attempt(), followed.queued());
  }

  @Override
  public JobErrors errors() {
    return new ErrorsLog(folders.root());
  }

  @Override
  public List<Finding> findings() {
    return List.of(folders.check("all nodes"));
  }
}
