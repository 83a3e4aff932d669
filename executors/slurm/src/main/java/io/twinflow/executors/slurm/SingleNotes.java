package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Of a batch of one task, among the {@link RunNotes} of its run. */
record SingleNotes(Ledger ledger, BatchKey batch) implements FolderNotes {

  private RunNotes notes() {
    return ledger.of(batch);
  }

  /** Where its words are. */
  Optional<RunNotes.Note> find() throws IOException {
    Optional<RunNotes.Note> note = notes().find(batch.value());
    ledger.tidy(batch);
    return note;
  }

  @Override
  public boolean exists() throws IOException {
    return find().isPresent();
  }

  @Override
  public Path errors() {
    return ledger.folder(batch).resolve(batch.value() + ".errors");
  }

  /** See {@link RunNotes#add}. */
  BatchContent write(String attempt, Submission part, String words) throws IOException {
    return notes().add(batch.value(), attempt, part, words);
  }

  @Override
  public BatchContent read() throws IOException {
    return notes().read(batch.value());
  }

  @Override
  public Submission split(int part, Submission what, int rest) {
    throw new IllegalStateException(batch + " has one task, and was to be split");
  }

  @Override
  public Optional<Long> readJob(int part) throws IOException {
    return notes().job(batch.value());
  }

  @Override
  public void writeJob(int part, long id) throws IOException {
    notes().addJob(batch.value(), id);
  }

  @Override
  public void delete() throws IOException {
    notes().end(batch.value());
    ledger.tidy(batch);
    Files.deleteIfExists(errors());
  }
}
