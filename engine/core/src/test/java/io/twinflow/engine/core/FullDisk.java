package io.twinflow.engine.core;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.journal.Appended;
import io.twinflow.engine.core.journal.Blobs;
import io.twinflow.engine.core.journal.Journal;
import io.twinflow.engine.core.journal.JournalStore;
import io.twinflow.engine.core.journal.SavedFolds;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A store whose disk is full after a number of writes. */
final class FullDisk implements JournalStore {

  private final JournalStore disk;
  private int appendsLeft = Integer.MAX_VALUE;
  private int blobsLeft = Integer.MAX_VALUE;

  FullDisk(JournalStore disk) {
    this.disk = disk;
  }

  void takesAppends(int number) {
    appendsLeft = number;
  }

  void takesBlobs(int number) {
    blobsLeft = number;
  }

  @Override
  public Journal create(RunId run, String instance) throws IOException {
    return new Full(disk.create(run, instance));
  }

  @Override
  public Journal open(RunId run, String instance) throws IOException {
    return new Full(disk.open(run, instance));
  }

  @Override
  public void read(RunId run, long after, Consumer<Envelope> reader) throws IOException {
    disk.read(run, after, reader);
  }

  @Override
  public void readEnds(RunId run, Consumer<Envelope> reader) throws IOException {
    disk.readEnds(run, reader);
  }

  @Override
  public boolean isHeld(RunId run) throws IOException {
    return disk.isHeld(run);
  }

  @Override
  public long size(RunId run) throws IOException {
    return disk.size(run);
  }

  @Override
  public void delete(RunId run, String instance) throws IOException {
    disk.delete(run, instance);
  }

  @Override
  public boolean exists(RunId run) {
    return disk.exists(run);
  }

  @Override
  public List<RunId> runs() throws IOException {
    return disk.runs();
  }

  @Override
  public SavedFolds folds(RunId run) {
    return disk.folds(run);
  }

  @Override
  public Blobs blobs(RunId run) {
    Blobs blobs = disk.blobs(run);
    return new Blobs() {
      @Override
      public String put(String text) throws IOException {
        if (blobsLeft-- <= 0) {
          throw new IOException("No space left on device");
        }
        return blobs.put(text);
      }

      @Override
      public String get(String sha256) throws IOException {
        return blobs.get(sha256);
      }
    };
  }

  private final class Full implements Journal {

    private final Journal journal;

    Full(Journal journal) {
      this.journal = journal;
    }

    @Override
    public long head() {
      return journal.head();
    }

    @Override
    public long written() {
      return journal.written();
    }

    @Override
    public Appended append(
        long expectedSequence, long epoch, String appendId, List<Envelope> events) {
      return appendsLeft-- > 0
          ? journal.append(expectedSequence, epoch, appendId, events)
          : new Appended.Unknown(new IOException("No space left on device"));
    }

    @Override
    public boolean isSurelyOwned() {
      return journal.isSurelyOwned();
    }

    @Override
    public OptionalLong find(String appendId) throws IOException {
      return journal.find(appendId);
    }

    @Override
    public void read(long after, Consumer<Envelope> reader) throws IOException {
      journal.read(after, reader);
    }

    @Override
    public void close() {
      journal.close();
    }
  }
}
