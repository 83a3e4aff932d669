package io.twinflow.executors.slurm;

import io.twinflow.executors.api.BatchKey;
import java.nio.file.Path;

/** A batch's notes on the folder that all share: a file if it has one task, else a folder. */
sealed interface FolderNotes extends BatchNotes permits BatchFolder, SingleFile {

  /**
   * As they were written; a file if nothing was.
   *
   * @param root of the folder that all share
   */
  static FolderNotes of(Path root, BatchKey key) {
    BatchFolder folder = BatchFolder.of(root, key);
    return folder.exists() ? folder : SingleFile.of(root, key);
  }

  /** Standard error of its jobs. */
  Path errors();
}
