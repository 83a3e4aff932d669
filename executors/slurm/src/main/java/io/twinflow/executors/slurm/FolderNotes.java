package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import java.nio.file.Path;

/** A batch's notes on the folder that all share: with others' if it has one task, else a folder. */
sealed interface FolderNotes extends BatchNotes permits BatchFolder, SingleNotes {

  /** As they were written; those of a batch of one task if nothing was. */
  static FolderNotes of(Ledger ledger, BatchKey key) {
    BatchFolder folder = BatchFolder.of(ledger.root(), key);
    return folder.exists() ? folder : new SingleNotes(ledger, key);
  }

  /** Standard error of its jobs. */
  Path errors();
}
