package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
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
  private static final int BUFFER_BYTES = 1 << 16;

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
          refuseLoop(path(directory), child);
          stats.add(stat(child));
        }
      }
      return stats;
    }
  }

  /** Whoever walks a folder that is reached again through itself would never come to an end. */
  private static void refuseLoop(Path folder, Path child) throws IOException {
    if (Files.isSymbolicLink(child)
        && Files.isDirectory(child)
        && folder.toRealPath().startsWith(child.toRealPath())) {
      throw new IOException(
          "%s is a link to a folder that holds it; take the link out of the folder"
              .formatted(child));
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
    Identity identity = digest(path);
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

  private static Identity digest(Path path) throws IOException {
    MessageDigest sha1 = algorithm("SHA-1");
    MessageDigest sha256 = algorithm("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha1.update(buffer, 0, read);
        sha256.update(buffer, 0, read);
        size += read;
      }
    }
    HexFormat hex = HexFormat.of();
    return new Identity(hex.formatHex(sha1.digest()), hex.formatHex(sha256.digest()), size);
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  private static Stat stat(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
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
