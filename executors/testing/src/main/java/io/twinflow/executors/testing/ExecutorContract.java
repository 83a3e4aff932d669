package io.twinflow.executors.testing;

import io.twinflow.executors.api.ContainerSpec;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/**
 * What every executor must do. An executor's test extends this and says how a client of its site is
 * made; the parts are in the interfaces.
 */
@Timeout(120)
@ResourceLock(
    value = ExecutorContract.WHOLE_SITE,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
public abstract class ExecutorContract
    implements BatchContract,
        EndContract,
        StreamContract,
        StagingContract,
        OutputContract,
        StopContract,
        LimitContract {

  /**
   * Taken by tests that need all of a site, where several run at once; others of the site share it.
   */
  public static final String WHOLE_SITE = "whole site";

  @TempDir(cleanup = CleanupMode.NEVER)
  private Path scratch;

  private @Nullable Bench bench;

  /**
   * A client of the site under test. Called again within one test it makes another client of the
   * same site, as a new engine after a crash would.
   */
  protected abstract Executor open(Path scratch);

  /** What the executor does not offer. */
  protected Set<Feature> without() {
    return Set.of();
  }

  /** The container that the contract's tools run in; it needs a POSIX shell. */
  protected @Nullable ContainerSpec container() {
    return null;
  }

  @BeforeEach
  final void openBench() {
    bench = new Bench(() -> open(scratch.resolve("site")), scratch, without(), container());
  }

  @AfterEach
  final void closeBench() throws Exception {
    bench().close();
    deleteFolder(scratch);
  }

  /** A copy of an attempt that comes too late may write into its folder while that goes. */
  protected static void deleteFolder(Path folder) throws IOException {
    for (int tries = 1; Files.exists(folder); tries++) {
      try {
        FolderTree.delete(folder);
      } catch (DirectoryNotEmptyException late) {
        if (tries == 100) {
          throw late;
        }
      }
    }
  }

  @Override
  public final Bench bench() {
    Bench b = bench;
    if (b == null) {
      throw new IllegalStateException("the bench is there while a test runs");
    }
    return b;
  }
}
