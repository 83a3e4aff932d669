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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that this machine and all nodes see under the same name.
 *
 * @param bundle the script that runs an attempt's folder
 */
record FolderGround(FolderAttempts folders, Path bundle, Ledger ledger) implements Ground {

  /** The variable that tells the script which line of the batch is its first, from 1 on. */
  private static final String FIRST = "TWINFLOW_FIRST";

  /** Those that tell where the words of its only task are: a file, and bytes of it from 1 on. */
  private static final String NOTES = "TWINFLOW_NOTES";

  private static final String FROM = "TWINFLOW_FROM";
  private static final String WORDS = "TWINFLOW_WORDS";

  /**
   * @throws UncheckedIOException if the folder cannot be used, and not for a share that is not
   *     mounted
   */
  static FolderGround of(String site, Path folder, @Nullable ContainerTemplate containers) {
    try {
      FolderAttempts folders = FolderAttempts.in(folder, new Containers.OfScript(containers));
      Path root = folders.root();
      return new FolderGround(folders, Bundle.script(root), Ledger.of(root));
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
    return FolderNotes.of(ledger, batch);
  }

  @Override
  public BatchContent write(BatchKey batch, List<String> attempts, List<Submission> parts)
      throws IOException {
    return BatchFolder.of(folders.root(), batch).write(attempts, parts);
  }

  @Override
  public BatchContent write(BatchKey batch, TaskSpec only, Submission part)
      throws IOException, AttemptFailure {
    return new SingleNotes(ledger, batch)
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
   * Makes the attempt's folder where it runs, with the words that stand among the notes, unless it
   * had to be made before; a second copy finds all of it there.
   */
  @Override
  public JobText job(BatchKey batch, TaskSpec only) {
    String script =
        """
        #!/bin/sh
        folder=%s
        if [ ! -d "$folder/claim" ]; then
          [ -d "$folder" ] || mkdir -m 700 "$folder"
          if [ ! -e "$folder/task" ]; then
            mkdir -p "$folder/tmp"
            new=$(mktemp "$folder/tmp/task-XXXXXX") || exit
            tail -c "+$%s" "$%s" | head -c "$%s" >"$new"
            if grep -q '^key=' "$new"; then mv "$new" "$folder/task"; else rm -f "$new"; fi
          fi
        fi
        %sexec sh %s "$folder" %s
        """
            .formatted(
                quote(name(only.attempt())),
                FROM,
                NOTES,
                WORDS,
                JobWords.asksForMore(only.resources()) ? JobWords.surroundings("$folder") : "",
                quote(bundle.toString()),
                JobWords.SITE_ID);
    String errors = new SingleNotes(ledger, batch).errors().toString();
    return new JobText(script, folders.root().toString(), errors);
  }

  @Override
  public Map<String, String> environment(BatchKey batch, BatchContent content, Submission part)
      throws IOException {
    Optional<RunNotes.Note> single = new SingleNotes(ledger, batch).find();
    return single.isEmpty()
        ? Map.of(FIRST, Integer.toString(part.first() + 1))
        : Map.of(
            NOTES, single.get().file().toString(),
            FROM, Long.toString(single.get().place().wordsFrom() + 1),
            WORDS, Integer.toString(single.get().place().words()));
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
    return new ErrorsLog(ledger);
  }

  @Override
  public List<Finding> findings() {
    return List.of(folders.check("all nodes"));
  }
}
