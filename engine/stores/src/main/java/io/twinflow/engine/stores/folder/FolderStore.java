package io.twinflow.engine.stores.folder;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.executors.api.files.FileCopy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Artifacts as files below a folder, each under its key. What is being put lies in {@code .parts}
 * until it is complete and on the disk; a rename makes it visible. The folder may lie on a file
 * system that several machines share.
 *
 * <p>A link in the folder is not an artifact, and is not followed.
 */
public final class FolderStore implements ArtifactStore {

  private static final String PARTS = ".parts";
  private static final int MOST_TRIES = 100;

  private final Path root;
  private final boolean shared;

  /**
   * @param root is made when something is put
   * @param shared whether servers on other machines have it under the same path
   */
  public FolderStore(Path root, boolean shared) {
    this.root = root.toAbsolutePath().normalize();
    this.shared = shared;
  }

  @Override
  public URI location(StoreKey key) {
    return URI.create(Locations.of(path(key)));
  }

  @Override
  public Optional<StoreKey> key(URI location) {
    Path path = Locations.path(location.toString());
    if (path == null || !path.startsWith(root) || path.equals(root)) {
      return Optional.empty();
    }
    Path inside = root.relativize(path);
    return inside.equals(inside.normalize()) && !inside.startsWith(PARTS)
        ? Optional.of(new StoreKey(inside.toString()))
        : Optional.empty();
  }

  @Override
  public Optional<Stored> find(StoreKey key) throws IOException {
    return file(path(key)).map(attributes -> stored(key, attributes));
  }

  @Override
  public Stream<Stored> list(String prefix) throws IOException {
    int end = prefix.lastIndexOf('/');
    Path start = end < 0 ? root : path(new StoreKey(prefix.substring(0, end)));
    if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
      return Stream.empty();
    }
    return new FolderWalk(root, start, root.resolve(PARTS))
        .files()
        .map(found -> stored(new StoreKey(found.name()), found.attributes()))
        .filter(stored -> stored.key().text().startsWith(prefix));
  }

  @Override
  public Optional<Artifacts.Identity> identity(StoreKey key) {
    return Optional.empty();
  }

  @Override
  public Stored put(StoreKey key, Path file, Optional<Artifacts.Identity> identity)
      throws IOException {
    Path part = part(file);
    try {
      return place(key, part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Makes a part what the key has. */
  Stored place(StoreKey key, Path part) throws IOException {
    move(
        key,
        target ->
            Files.move(
                part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    return found(key);
  }

  @Override
  public Optional<Stored> putIfAbsent(StoreKey key, Path file) throws IOException {
    Path part = part(file);
    try {
      return placeIfAbsent(key, part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Makes a part what the key has, unless it has something; the part stays. */
  Optional<Stored> placeIfAbsent(StoreKey key, Path part) throws IOException {
    try {
      // A rename would replace; a link does not.
      move(key, target -> Files.createLink(target, part));
      return Optional.of(found(key));
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    }
  }

  @FunctionalInterface
  private interface Moving {
    void to(Path target) throws IOException;
  }

  /**
   * Who deletes what lay beside it may remove the folder that was just made for it: then it is made
   * once more.
   */
  private void move(StoreKey key, Moving moving) throws IOException {
    Path target = path(key);
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "%s holds other artifacts, so that none can have the key %s".formatted(target, key));
    }
    for (int tries = 1; ; tries++) {
      try {
        makeFolder(Objects.requireNonNull(target.getParent()));
        moving.to(target);
        return;
      } catch (NoSuchFileException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * @throws NoSuchFileException if somebody removed it at once
   */
  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      if (Files.isRegularFile(Path.of(e.getFile()))) {
        throw new IOException(
            "%s is no folder, so that no artifact can lie in it".formatted(e.getFile()), e);
      }
      throw new NoSuchFileException(folder.toString());
    }
  }

  @Override
  public InputStream open(Stored artifact, long first) throws IOException {
    StoreKey key = artifact.key();
    FileChannel channel = FileChannel.open(path(key), LinkOption.NOFOLLOW_LINKS);
    try {
      if (!find(key).map(Stored::version).equals(Optional.of(artifact.version()))) {
        throw new NoSuchFileException(key.text(), null, "it was replaced; look for it again");
      }
      return Channels.newInputStream(channel.position(first));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void delete(StoreKey key) throws IOException {
    Path path = path(key);
    if (file(path).isEmpty()) {
      return;
    }
    Files.deleteIfExists(path);
    // The folders above exist for what is in them; another put may be making one of them just now.
    for (Path above = path.getParent(); !root.equals(above) && above != null; ) {
      if (!EmptyFolder.isRemoved(above)) {
        return;
      }
      above = above.getParent();
    }
  }

  @Override
  public Optional<URI> link(StoreKey key, Duration valid, String name) {
    return Optional.empty();
  }

  @Override
  public int abandon(Instant before) throws IOException {
    Path parts = root.resolve(PARTS);
    if (!Files.isDirectory(parts)) {
      return 0;
    }
    List<Path> old = new ArrayList<>();
    try (Stream<Path> all = Files.list(parts)) {
      for (Path part : (Iterable<Path>) all::iterator) {
        if (file(part).filter(a -> a.lastModifiedTime().toInstant().isBefore(before)).isPresent()) {
          old.add(part);
        }
      }
    }
    for (Path part : old) {
      Files.deleteIfExists(part);
    }
    return old.size();
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public void close() {}

  /** A complete copy, on the disk. */
  private Path part(Path file) throws IOException {
    Path part = newPart();
    try {
      FileCopy.copy(file.toRealPath(), part);
      Files.setLastModifiedTime(part, java.nio.file.attribute.FileTime.from(Instant.now()));
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.READ)) {
        channel.force(true);
      }
      return part;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /** An empty file that is no artifact yet, and only its owner can read. */
  Path newPart() throws IOException {
    return Files.createTempFile(parts(), "p", "");
  }

  /** The same with the permissions that files of this person have. */
  Path newFile() throws IOException {
    return Files.createFile(parts().resolve("f" + UUID.randomUUID()));
  }

  /** Where what is not an artifact yet lies, on the same file system. */
  Path parts() throws IOException {
    return Files.createDirectories(root.resolve(PARTS));
  }

  private Stored found(StoreKey key) throws IOException {
    return find(key)
        .orElseThrow(() -> new NoSuchFileException(key.text(), null, "it was deleted at once"));
  }

  private static Optional<BasicFileAttributes> file(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (java.nio.file.FileSystemException e) {
      if (String.valueOf(e.getReason()).contains("Not a directory")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Stored stored(StoreKey key, BasicFileAttributes attributes) {
    Instant modified = attributes.lastModifiedTime().toInstant();
    return new Stored(
        key,
        attributes.size(),
        modified,
        "%s-%d-%d".formatted(attributes.fileKey(), modified.getEpochSecond(), modified.getNano()));
  }

  private Path path(StoreKey key) {
    if (key.names().getFirst().equals(PARTS)) {
      throw new IllegalArgumentException(
          "'%s' is where a folder keeps unfinished parts; take another name".formatted(key));
    }
    return root.resolve(key.text());
  }
}
