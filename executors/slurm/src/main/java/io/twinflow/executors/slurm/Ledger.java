package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@link RunNotes} of all runs that have some.
 *
 * @param root of the folder that all share
 */
record Ledger(Path root, Map<String, RunNotes> runs) {

  static Ledger of(Path root) {
    return new Ledger(root, new ConcurrentHashMap<>());
  }

  /** Beside the run's attempts, as it may hold their secrets: it goes with them at the latest. */
  Path folder(BatchKey batch) {
    return root.resolve(batch.run()).resolve("work").resolve("batches");
  }

  RunNotes of(BatchKey batch) {
    return runs.computeIfAbsent(batch.run(), run -> new RunNotes(folder(batch).resolve("notes")));
  }

  /** A run whose batches have all ended is read anew when it has others. */
  void tidy(BatchKey batch) {
    runs.computeIfPresent(batch.run(), (run, notes) -> notes.isEmpty() ? null : notes);
  }
}
