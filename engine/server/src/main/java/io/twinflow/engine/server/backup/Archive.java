package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a backup is written. It appears under its name when it is complete, and not before; closing
 * it earlier removes what there is.
 */
interface Archive extends AutoCloseable {

  /** A tar, packed with gzip or not, or a folder: as the name says. */
  static Archive at(Path target) throws IOException {
    return TarArchive.isMeant(target) ? new TarArchive(target) : new FolderArchive(target);
  }

  void text(String name, String text) throws IOException;

  /**
   * A file, folder or link as it is now.
   *
   * @param name in the archive; parts are separated by slashes
   * @return its size; 0 for what is no file
   */
  long add(String name, Path source) throws IOException;

  /** Everything is in it. */
  void complete() throws IOException;

  @Override
  void close() throws IOException;
}
