package io.twinflow.triggers.source.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lists the files of a folder and those below it. Left out is what hides (its name, or that of a
 * folder above it, begins with a dot), what somebody still writes by its name, and what is no file;
 * links are not followed.
 */
final class ListFolder extends SimpleFileVisitor<Path> {

  private static final List<String> UNFINISHED = List.of(".part", ".filepart", ".tmp", "~");

  private final Path folder;
  private final int most;
  private final List<FoundFile> files = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  private ListFolder(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /**
   * What is there.
   *
   * @param folders the folder itself too
   */
  record Listing(List<FoundFile> files, List<Path> folders) {
    Listing {
      files = List.copyOf(files);
      folders = List.copyOf(folders);
    }
  }

  /**
   * @param most more files than this are an error
   */
  static Listing of(Path folder, int most) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "%s is no folder that this server can read; make it, or mend path:".formatted(folder));
    }
    ListFolder visitor = new ListFolder(folder, most);
    Files.walkFileTree(folder, visitor);
    return new Listing(visitor.files, visitor.folders);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
    if (!visited.equals(folder) && isHidden(visited)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    folders.add(visited);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isRegularFile() && !isHidden(file) && !isUnfinished(file)) {
      if (files.size() == most) {
        throw new IOException(
            "%s has more than %d files; expected those that are done with to be moved away, or a greater most:"
                .formatted(folder, most));
      }
      files.add(FoundFile.of(folder, file, attributes));
    }
    return FileVisitResult.CONTINUE;
  }

  /** What was taken away meanwhile is not there. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException && !file.equals(folder)) {
      return FileVisitResult.CONTINUE;
    }
    throw new IOException(
        "%s cannot be read (%s); let this server read it"
            .formatted(file, e.getClass().getSimpleName()),
        e);
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static boolean isUnfinished(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return UNFINISHED.stream().anyMatch(name::endsWith);
  }
}
