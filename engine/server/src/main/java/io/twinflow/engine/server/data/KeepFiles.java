package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.stores.near.NearCopies;
import io.twinflow.executors.api.OutputFolder;
import io.twinflow.executors.api.files.FileDigests;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts files of this server's data folder into the store, and says where they are there: under
 * tenant, subject and the path they have in the folder, which holds run and attempt. What lies
 * elsewhere on this machine, below allowed roots, stays where it is. Safe for many threads.
 */
final class KeepFiles {

  private static final String RUNS = "runs";
  private static final List<String> OURS = List.of(RUNS, "uploads", "inputs", "cache");

  private final ArtifactStore store;
  private final NearCopies near;
  private final Path data;
  private final String tenant;

  KeepFiles(ArtifactStore store, NearCopies near, Path data, String tenant) {
    this.store = store;
    this.near = near;
    this.data = data;
    this.tenant = tenant;
  }

  /**
   * @param known digests, by location
   */
  RecordValue keep(RecordValue values, String subject, Map<String, Artifacts.Identity> known)
      throws IOException {
    return new MapFiles(
            location -> kept(location, subject, (key, path) -> put(key, path, known.get(location))),
            location -> kept(location, subject, this::putFolder))
        .in(values);
  }

  /** Copies of what is in the store are called by the names they have there. */
  RecordValue named(RecordValue values) throws IOException {
    return new MapFiles(this::named, this::named).in(values);
  }

  private String named(String location) throws IOException {
    Path path = Locations.path(location);
    Optional<StoreKey> key = path == null ? Optional.empty() : near.keyOf(path);
    return key.isPresent() ? store.location(key.get()).toString() : location;
  }

  /** Puts what lies at a path, if it is not there already. */
  @FunctionalInterface
  private interface Putting {
    void put(StoreKey key, Path path) throws IOException;
  }

  private String kept(String location, String subject, Putting putting) throws IOException {
    Path path = Locations.path(location);
    if (path == null) {
      return location;
    }
    Optional<StoreKey> copied = near.keyOf(path);
    Optional<StoreKey> key = copied.isPresent() ? copied : key(path, subject);
    if (key.isEmpty()) {
      return location;
    }
    if (copied.isEmpty()) {
      putting.put(key.get(), path);
    }
    return store.location(key.get()).toString();
  }

  private void put(StoreKey key, Path path, Artifacts.@Nullable Identity known) throws IOException {
    if (near.remembers(key, path, sure(key))) {
      return;
    }
    store.put(key, path, Optional.of(known == null ? identity(path) : known));
    near.remember(key, path);
  }

  /** What belongs to no run goes if no run names it for a day: it must be younger to be named. */
  private static Duration sure(StoreKey key) {
    boolean ofRun = key.names().get(2).equals(RUNS);
    return ofRun ? Duration.ofDays(36_500) : Duration.ofHours(12);
  }

  private static Artifacts.Identity identity(Path path) throws IOException {
    OutputFolder.Identity digests = FileDigests.of(path);
    return new Artifacts.Identity(digests.sha1(), digests.sha256(), digests.size());
  }

  private void putFolder(StoreKey key, Path folder) throws IOException {
    if (near.remembers(key, folder, sure(key))) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        String name = folder.relativize(path).toString();
        if (Files.isRegularFile(path)) {
          put(key.child(name), path, null);
        } else if (Files.isDirectory(path) && isEmpty(path)) {
          StoreKey empty = name.isEmpty() ? key : key.child(name);
          put(empty.child(NearCopies.EMPTY), nothing(), null);
        }
      }
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    near.remember(key, folder);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findAny().isEmpty();
    }
  }

  private Path nothing() throws IOException {
    Path nothing = data.resolve("near").resolve("nothing");
    if (!Files.exists(nothing)) {
      Files.createDirectories(nothing.getParent());
      Files.write(nothing, new byte[0]);
    }
    return nothing;
  }

  /** Empty for what is not in the data folder. */
  private Optional<StoreKey> key(Path path, String subject) throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    Path root = whole.startsWith(data) ? data : data.toRealPath();
    if (!whole.startsWith(root) || whole.equals(root)) {
      return Optional.empty();
    }
    Path inside = root.relativize(whole);
    return OURS.contains(inside.getName(0).toString())
        ? Optional.of(new StoreKey(StorePrefix.of(tenant, subject) + inside))
        : Optional.empty();
  }
}
