package io.twinflow.engine.server.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Adds the files of a data folder that belong to a snapshot of its tables: not those of runs and
 * uploads that the snapshot does not know, nor of attempts that were under way.
 */
final class AddFiles extends SimpleFileVisitor<Path> {

  static final String FOLDER = "files/";
  private static final Set<String> LEFT_OUT = Set.of("postgres", "lock", "installation");
  private static final Set<String> RESULTS = Set.of("inputs", "cache");
  private static final String WORK = "work";

  /**
   * What jobs were made of, as their site's notes say: they belong to the server that made them.
   */
  private static final String BATCHES = "batches";

  private static final int RUN_PART = 3;
  private static final int WORK_PART = 4;

  private final Path data;
  private final Archive archive;
  private final Snapshot snapshot;
  private final boolean results;
  private final Set<String> runs;
  private final Set<String> unfinished;
  private final Set<String> uploads;
  private final Map<String, OpenAttempts> open = new HashMap<>();
  private long count;
  private long bytes;

  /**
   * @param results whether results and working folders are wanted
   */
  AddFiles(Path data, Archive archive, Snapshot snapshot, boolean results) throws IOException {
    this.data = data;
    this.archive = archive;
    this.snapshot = snapshot;
    this.results = results;
    this.runs = snapshot.runs();
    this.unfinished = snapshot.unfinished();
    this.uploads = snapshot.uploads();
  }

  void add() throws IOException {
    try {
      Files.walkFileTree(data, this);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  long count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    if (folder.equals(data)) {
      return FileVisitResult.CONTINUE;
    }
    if (!isWanted(data.relativize(folder))) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    put(folder);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (isWanted(data.relativize(file))) {
      bytes += put(file);
      count++;
    }
    return FileVisitResult.CONTINUE;
  }

  /** What goes away by itself was not finished: results that are named do not go. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw e;
  }

  private long put(Path path) throws IOException {
    try {
      return archive.add(FOLDER + data.relativize(path), path);
    } catch (NoSuchFileException e) {
      visitFileFailed(path, e);
      return 0;
    }
  }

  private boolean isWanted(Path path) throws IOException {
    String top = path.getName(0).toString();
    if (LEFT_OUT.contains(top)
        || path.getFileName().toString().endsWith(".part")
        || (!results && RESULTS.contains(top))) {
      return false;
    }
    return switch (top) {
      case "runs" -> path.getNameCount() < 2 || isWantedOfRun(path);
      case "uploads" -> path.getNameCount() < 2 || uploads.contains(path.getName(1).toString());
      default -> true;
    };
  }

  private boolean isWantedOfRun(Path path) throws IOException {
    String run = path.getName(1).toString();
    if (!runs.contains(run)) {
      return false;
    }
    if (path.getNameCount() < RUN_PART || !path.getName(2).toString().equals(WORK)) {
      return true;
    }
    if (!results) {
      return false;
    }
    if (path.getNameCount() < WORK_PART) {
      return true;
    }
    String name = path.getName(RUN_PART).toString();
    return !name.equals(BATCHES) && (!unfinished.contains(run) || !open(run).isOpen(name));
  }

  private OpenAttempts open(String run) throws IOException {
    OpenAttempts known = open.get(run);
    if (known != null) {
      return known;
    }
    OpenAttempts attempts = new OpenAttempts();
    snapshot.read(run, attempts);
    open.put(run, attempts);
    return attempts;
  }
}
