package io.twinflow.engine.stores.folder;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Removes folders that hold nothing any more. */
final class EmptyFolder {

  private EmptyFolder() {}

  /** Whether it is gone; false if it holds something. */
  static boolean isRemoved(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }
}
