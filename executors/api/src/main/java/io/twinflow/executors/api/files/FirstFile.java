package io.twinflow.executors.api.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives a written file its name, whole or not at all, and never in the place of another. */
public final class FirstFile {

  private FirstFile() {}

  /** How a file gets a second name; a file system may refuse it. */
  interface Link {
    void make(Path name, Path file) throws IOException;
  }

  /**
   * @param part is written and closed; whether it is still there afterwards is not said
   * @throws FileAlreadyExistsException if somebody was first
   */
  public static void appear(Path part, Path file) throws IOException {
    appear(part, file, Files::createLink);
  }

  /** FAT and some shared folders have no links: there two that come at one moment may both win. */
  static void appear(Path part, Path file, Link link) throws IOException {
    try {
      link.make(file, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(part, file);
    }
  }
}
