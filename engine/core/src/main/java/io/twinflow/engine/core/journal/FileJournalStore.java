package io.twinflow.engine.core.journal;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder per run: {@code journal}, {@code lock}, {@code blobs/} and, of a long one, {@code fold}.
 */
public final class FileJournalStore implements JournalStore {

  private final Path runs;

  public FileJournalStore(Path runs) {
    this.runs = runs;
  }

  @Override
  public Journal create(RunId run, String instance) throws IOException {
    Path folder = folder(run);
    Files.createDirectories(folder);
    if (Files.exists(journal(run))) {
      throw new FileAlreadyExistsException(journal(run).toString());
    }
    Journal journal = locked(run, instance);
    SyncFolder.of(folder);
    SyncFolder.of(runs);
    return journal;
  }

  @Override
  public Journal open(RunId run, String instance) throws IOException {
    if (!exists(run)) {
      throw new NoSuchFileException(journal(run).toString());
    }
    return locked(run, instance);
  }

  private Journal locked(RunId run, String instance) throws IOException {
    RunLock lock = RunLock.take(run, lock(run), instance);
    try {
      return FileJournal.open(journal(run), lines(run), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void read(RunId run, long after, Consumer<Envelope> reader) throws IOException {
    FileJournal.read(journal(run), lines(run), after, reader);
  }

  @Override
  public void readEnds(RunId run, Consumer<Envelope> reader) throws IOException {
    FileJournal.readEnds(journal(run), lines(run), reader);
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    return RunLock.isHeld(lock(run));
  }

  @Override
  public long size(RunId run) throws IOException {
    return FolderTree.size(folder(run));
  }

  @Override
  public void delete(RunId run, String instance) throws IOException {
    if (!exists(run)) {
      throw new NoSuchFileException(journal(run).toString());
    }
    try (RunLock _ = RunLock.take(run, lock(run), instance)) {
      // The journal goes last, so that the run is listed until nothing is left of it.
      FolderTree.deleteInside(folder(run), Set.of(journal(run), lock(run)));
      Files.delete(journal(run));
    }
    FolderTree.delete(folder(run));
  }

  @Override
  public boolean exists(RunId run) {
    return Files.isRegularFile(journal(run));
  }

  @Override
  public List<RunId> runs() throws IOException {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(RunId::isValid)
          .map(RunId::new)
          .filter(this::exists)
          .sorted(Comparator.comparing(RunId::value).reversed())
          .toList();
    }
  }

  @Override
  public Blobs blobs(RunId run) {
    return new FileBlobs(folder(run).resolve("blobs"));
  }

  @Override
  public SavedFolds folds(RunId run) {
    return new FileSavedFolds(folder(run));
  }

  private Lines lines(RunId run) {
    return new Lines(run, blobs(run));
  }

  private Path folder(RunId run) {
    return runs.resolve(run.value());
  }

  private Path lock(RunId run) {
    return folder(run).resolve("lock");
  }

  private Path journal(RunId run) {
    return folder(run).resolve("journal");
  }
}
