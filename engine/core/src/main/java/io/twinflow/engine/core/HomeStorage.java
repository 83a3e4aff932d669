package io.twinflow.engine.core;

import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What is kept in the folder of an installation. */
final class HomeStorage implements Storage {

  private final Home home;
  private final JournalStore store;
  private final Continuations continuations;
  private final NamedRuns named;

  HomeStorage(Home home, JournalStore store) {
    this.home = home;
    this.store = store;
    this.continuations = new Continuations(store);
    this.named = new NamedRuns(store, home.runs());
  }

  /** A look at the disk that may fail. */
  private interface Look<T> {
    T at() throws IOException;
  }

  @Override
  public boolean isHeld(RunId run) throws FailureException {
    return of(run, () -> store.isHeld(run));
  }

  @Override
  public String whereabouts(RunId run) {
    return folder(run).toString();
  }

  @Override
  public long size(RunId run) throws FailureException {
    return of(run, () -> store.size(run));
  }

  @Override
  public void delete(RunId run) throws FailureException {
    try {
      Optional<RunId> after = continuations.openAfter(run);
      if (after.isPresent()) {
        throw new FailureException(
            new Failure(
                FailureKind.USER,
                "run.continued",
                "run %s is continued by run %s, which has not ended and needs its files; first: twinflow resume %s, or remove that one too"
                    .formatted(run, after.get(), after.get())));
      }
      Optional<RunId> user = named.openThatNames(run);
      if (user.isPresent()) {
        throw new FailureException(
            new Failure(
                FailureKind.USER,
                "run.needed",
                "run %s has files or finished calls that run %s uses, which has not ended; first: twinflow resume %s, or remove that one too"
                    .formatted(run, user.get(), user.get())));
      }
      store.delete(run, Instance.ofThisProcess());
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  @Override
  public long cacheSize() throws FailureException {
    try {
      return FolderTree.size(home.cache());
    } catch (IOException e) {
      throw cacheFailed(e);
    }
  }

  @Override
  public void clearCache() throws FailureException {
    try {
      FolderTree.delete(home.cache());
    } catch (IOException e) {
      throw cacheFailed(e);
    }
  }

  private Path folder(RunId run) {
    return home.runs().resolve(run.value());
  }

  private static <T> T of(RunId run, Look<T> look) throws FailureException {
    try {
      return look.at();
    } catch (IOException e) {
      throw RunFailures.of(run, e);
    }
  }

  private FailureException cacheFailed(IOException e) {
    return new FailureException(
        new Failure(
            FailureKind.RESOURCES,
            "cache.io",
            "%s cannot be read or removed: %s".formatted(home.cache(), e.getMessage())),
        e);
  }
}
