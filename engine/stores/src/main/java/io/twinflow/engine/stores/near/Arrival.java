package io.twinflow.engine.stores.near;

import io.twinflow.executors.api.files.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Something on its way to a place: a file or a folder that appears there complete or not at all,
 * however many fetch the same at once.
 */
public final class Arrival implements AutoCloseable {

  private final Path target;
  private final Path place;
  private final Path part;

  /**
   * @param parts a folder on the same file system, for what is not complete
   */
  public Arrival(Path target, Path parts) throws IOException {
    this.target = target;
    Files.createDirectories(parts);
    this.place = Files.createTempDirectory(parts, "p");
    this.part = place.resolve("it");
  }

  /** Where to write. */
  public Path part() {
    return part;
  }

  /**
   * @param size bytes that must come
   */
  public static void save(InputStream content, Path file, long size) throws IOException {
    Files.createDirectories(file.getParent());
    long came = Files.copy(content, file);
    if (came != size) {
      throw new IOException("%d bytes came, expected %d".formatted(came, size));
    }
  }

  /** It is complete. Another that arrived first stays. */
  public void complete() throws IOException {
    Files.createDirectories(target.getParent());
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      FolderTree.delete(part);
    }
  }

  @Override
  public void close() throws IOException {
    FolderTree.delete(place);
  }
}
