package io.twinflow.engine.core.artifact;

import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.files.FileDigests;
import io.twinflow.executors.api.files.FolderLoops;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts of this machine's file system. Digests are remembered by path, size, time of change and
 * inode, so that a file shared by many tasks is read once.
 */
public final class FileArtifacts implements Artifacts {

  private static final int REMEMBERED = 10_000;

  /** The one device that people give for an empty file. */
  private static final Path NOTHING = Path.of("/dev/null");

  private final Map<Known, Identity> memo =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Known, Identity> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Known(Path path, long size, FileTime modified, @Nullable Object inode) {}

  @Override
  public Optional<Stat> stat(URI location) throws IOException {
    Path path = path(location);
    try {
      return Optional.of(stat(path));
    } catch (NoSuchFileException | java.nio.file.FileSystemLoopException e) {
      return Optional.empty();
    } catch (java.nio.file.FileSystemException e) {
      if (e.getReason() != null && e.getReason().contains("Not a directory")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<Stat> list(URI directory) throws IOException {
    try (Stream<Path> children = Files.list(path(directory))) {
      List<Path> sorted =
          children.sorted(Comparator.comparing((Path child) -> name(child))).toList();
      List<Stat> stats = new java.util.ArrayList<>(sorted.size());
      for (Path child : sorted) {
        if (Files.exists(child)) {
          if (FolderLoops.isLoop(child)) {
            throw new IOException(
                "%s is a link to a folder that holds it; take the link out of the folder"
                    .formatted(child));
          }
          stats.add(stat(child));
        }
      }
      return stats;
    }
  }

  @Override
  public byte[] read(URI file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(path(file))) {
      return in.readNBytes(limit);
    }
  }

  @Override
  public Identity identify(URI file) throws IOException {
    Path path = path(file).toRealPath();
    Known before = known(path);
    Identity remembered;
    synchronized (memo) {
      remembered = memo.get(before);
    }
    if (remembered != null) {
      return remembered;
    }
    OutputFolder.Identity digests = FileDigests.of(path);
    Identity identity = new Identity(digests.sha1(), digests.sha256(), digests.size());
    if (known(path).equals(before)) {
      synchronized (memo) {
        memo.put(before, identity);
      }
    }
    return identity;
  }

  private static Known known(Path path) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Known(path, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  private static Stat stat(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isOther() && !path.equals(NOTHING)) {
      // Reading it to know its content might wait or go on for ever.
      throw new IOException(
          "%s is a pipe, a socket or a device; give a file with its content".formatted(path));
    }
    boolean directory = attributes.isDirectory();
    return new Stat(
        URI.create(Locations.of(path)), name(path), directory, directory ? 0 : attributes.size());
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  private static Path path(URI location) throws IOException {
    Path path = Locations.path(location.toString());
    if (path == null) {
      throw new IOException(
          "'%s' is not a file: location; http and https inputs are fetched first, other schemes are not known here"
              .formatted(location));
    }
    return path;
  }
}
