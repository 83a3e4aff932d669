package io.twinflow.executors.bundle;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Layout;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.BundleFolder.Revocation;
import io.twinflow.executors.bundle.files.LocalOutputFolder;
import io.twinflow.executors.bundle.files.ToolPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Attempts in a folder that this machine and the site see under the same name.
 *
 * @param root where it is, without links
 */
public record FolderAttempts(Path root, Containers containers) implements Attempts {

  /** Those below a folder that somebody configured, {@link #begin begun}. */
  public static FolderAttempts in(Path folder, Containers containers) throws IOException {
    new FolderAttempts(folder, containers).begin();
    return new FolderAttempts(Files.isDirectory(folder) ? folder.toRealPath() : folder, containers);
  }

  /**
   * Makes it ready, if it can be: a share that is not mounted yet is no reason to fail before
   * somebody needs it.
   *
   * @throws IOException if it cannot be used for another reason
   */
  public void begin() throws IOException {
    try {
      ready();
    } catch (NotMounted e) {
      // Whoever needs it is told.
      return;
    }
  }

  /**
   * Sees to it that the folder is there, with the script that runs attempts. To be called before
   * anything is looked for there: what is not found on a share that is not mounted was not lost.
   *
   * @throws IOException that says what to mend; then it may be called again
   */
  public void ready() throws IOException {
    if (!Files.isDirectory(root)) {
      make();
    }
    Bundle.writeScript(root);
  }

  /** The last part of the path alone: the one above may be where a share belongs. */
  private void make() throws IOException {
    Path above = root.getParent();
    if (above != null && !Files.isDirectory(above)) {
      throw new NotMounted(root, above);
    }
    try {
      Files.createDirectory(root);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(root)) {
        throw e;
      }
    }
  }

  /** The folder of an attempt. */
  public BundleFolder folder(AttemptKey attempt) {
    return BundleFolder.of(root, attempt);
  }

  @Override
  public Layout layout(AttemptKey attempt, boolean inContainer) {
    return containers.layout(folder(attempt), inContainer);
  }

  @Override
  public Set<String> reaches() {
    return Set.of("file");
  }

  @Override
  public void write(TaskSpec task) throws IOException, AttemptFailure {
    Bundle.write(task, folder(task.attempt()), containers);
  }

  /**
   * Like {@link #write}, unless the attempt needs nothing but the words of its file {@code task}:
   * then its folder is left to who starts it, and needs no more than that file. The folder above it
   * is there in any case.
   *
   * @return the words; empty if the folder was written
   */
  public Optional<String> writeUnlessWords(TaskSpec task) throws IOException, AttemptFailure {
    return Bundle.writeUnlessWords(task, folder(task.attempt()), containers);
  }

  @Override
  public void fail(AttemptKey attempt, AttemptFailure failure, Instant now) throws IOException {
    ResultRecord.writeFailure(folder(attempt), failure, now);
  }

  @Override
  public Optional<TaskResult> result(AttemptKey attempt, Instant queued) throws IOException {
    return ResultRecord.read(folder(attempt), queued);
  }

  @Override
  public boolean isClaimed(AttemptKey attempt) {
    return folder(attempt).isClaimed();
  }

  @Override
  public Optional<Revocation> revocation(AttemptKey attempt) throws IOException {
    return folder(attempt).revocation();
  }

  @Override
  public boolean revoke(AttemptKey attempt, Revocation why) throws IOException {
    ready();
    return folder(attempt).revoke(why);
  }

  @Override
  public OutputFolder outputs(TaskSpec task) throws IOException {
    BundleFolder folder = folder(task.attempt());
    return LocalOutputFolder.of(
        task,
        containers.rename(task.container() != null)
            ? folder.pathsInContainer(task.layout())
            : ToolPaths.same(),
        List.of(folder.out(), folder.in()),
        folder.secrets());
  }

  @Override
  public InputStream log(AttemptKey attempt, LogStream stream) throws IOException {
    Path log = folder(attempt).log(stream);
    return Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream();
  }

  @Override
  public String whereabouts(AttemptKey attempt) {
    return folder(attempt).path().toString();
  }

  @Override
  public void release(AttemptKey attempt) throws IOException {
    folder(attempt).release();
  }

  /**
   * What an administrator should know of the folder.
   *
   * @param others who must see it too, as in {@code all nodes}
   */
  public Finding check(String others) {
    try {
      ready();
    } catch (NotMounted e) {
      return Finding.problem("shared folder", e.found(), e.mend());
    } catch (IOException e) {
      return unwritable(others, ": " + e);
    }
    return Files.isWritable(root)
        ? Finding.good(
            "shared folder", "%s can be written here; %s must see it too".formatted(root, others))
        : unwritable(others, "");
  }

  private Finding unwritable(String others, String why) {
    return Finding.problem(
        "shared folder",
        "%s is no folder that can be written here%s".formatted(root, why),
        "mount it under the same name here and for %s, and let this user write there"
            .formatted(others));
  }
}
