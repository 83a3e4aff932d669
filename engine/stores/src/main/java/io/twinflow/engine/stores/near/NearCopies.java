package io.twinflow.engine.stores.near;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Brings artifacts of a store that is elsewhere to this machine's disk, each once, under its key. A
 * copy never changes, because an artifact that a run has made does not. A folder is all that has a
 * key below it; {@link #EMPTY} stands in the store for a folder that holds nothing. Safe for many
 * threads.
 */
public final class NearCopies {

  /** The name of an artifact that makes its folder exist. */
  public static final String EMPTY = ObjectPlace.EMPTY_FOLDER;

  private static final int REMEMBERED = 10_000;
  private static final String KEY = "key";
  private static final String CONTENT = "content";

  /**
   * A copy that nobody has used for long.
   *
   * @param name its path below the root
   */
  public record Unused(String name, long bytes) {}

  private record Original(Path path, Instant put) {}

  private final ArtifactStore store;
  private final Path root;
  private final Path files;
  private final Path folders;
  private final Path parts;
  private final LastUse uses;
  private final UnusedCopies unused;
  private final Map<StoreKey, Original> originals =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StoreKey, Original> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param root folder of the copies
   */
  public NearCopies(ArtifactStore store, Path root) {
    this.store = store;
    this.root = root.toAbsolutePath().normalize();
    this.files = this.root.resolve("files");
    this.folders = this.root.resolve("folders");
    this.parts = this.root.resolve("parts");
    this.uses = new LastUse(this.root);
    this.unused = new UnusedCopies(this.root, uses);
  }

  /** Where all copies lie. */
  public Path root() {
    return root;
  }

  /**
   * The key of the artifact or folder of which this is a copy, or of what lies in such a folder.
   */
  public Optional<StoreKey> keyOf(Path copy) throws IOException {
    Path whole = here(copy.toAbsolutePath().normalize());
    if (whole.startsWith(files) && !whole.equals(files)) {
      return Optional.of(new StoreKey(files.relativize(whole).toString()));
    }
    if (!whole.startsWith(folders) || whole.getNameCount() < folders.getNameCount() + 2) {
      return Optional.empty();
    }
    Path place = folders.resolve(whole.getName(folders.getNameCount()));
    StoreKey key = new StoreKey(Files.readString(place.resolve(KEY)));
    String inside = place.resolve(CONTENT).relativize(whole).toString();
    return Optional.of(inside.isEmpty() ? key : key.child(inside));
  }

  /** As seen from the root, whatever links stand on the way to that. */
  private Path here(Path path) throws IOException {
    if (path.startsWith(root) || !Files.exists(root)) {
      return path;
    }
    Path real = root.toRealPath();
    return path.startsWith(real) ? root.resolve(real.relativize(path)) : path;
  }

  /** The file or folder that was put under this key from here is as good as a copy. */
  public void remember(StoreKey key, Path original) {
    synchronized (originals) {
      originals.put(key, new Original(original, Instant.now()));
    }
  }

  /** Whether it was put from there no longer ago than this. */
  public boolean remembers(StoreKey key, Path original, Duration ago) {
    synchronized (originals) {
      Original known = originals.get(key);
      return known != null
          && original.equals(known.path())
          && known.put().isAfter(Instant.now().minus(ago));
    }
  }

  /** Copies, and what was on its way to become one, that were not used since. */
  public List<Unused> unused(Instant since) throws IOException {
    return unused.find(since);
  }

  /**
   * Unless it was used meanwhile. Who asks for it then gets a new copy.
   *
   * @param name as {@link #unused} gave it
   */
  public void remove(String name, Instant since) throws IOException {
    synchronized (uses) {
      unused.remove(name, since);
    }
  }

  /**
   * @throws NoSuchFileException if there is no such artifact
   */
  public Path file(StoreKey key) throws IOException {
    Path target = files.resolve(key.text());
    Optional<Path> here = here(key, target, target);
    if (here.isPresent()) {
      return here.get();
    }
    Stored stored =
        store
            .find(key)
            .orElseThrow(() ->
                new NoSuchFileException(
                    store.location(key).toString(), null, "it is not in the store"));
    try (Arrival arrival = new Arrival(target, parts)) {
      save(stored, arrival.part());
      arrival.complete();
    }
    return target;
  }

  /**
   * @throws NoSuchFileException if nothing has such a key
   */
  public Path folder(StoreKey key) throws IOException {
    Path target = folders.resolve(nameOf(key));
    Optional<Path> here = here(key, target, target.resolve(CONTENT));
    if (here.isPresent()) {
      return here.get();
    }
    List<Stored> all = below(key);
    if (all.isEmpty()) {
      throw new NoSuchFileException(
          store.location(key).toString(), null, "there is no such folder in the store");
    }
    try (Arrival arrival = new Arrival(target, parts)) {
      Path content = Files.createDirectories(arrival.part().resolve(CONTENT));
      Files.writeString(arrival.part().resolve(KEY), key.text());
      for (Stored stored : all) {
        Path file = content.resolve(stored.key().text().substring(key.text().length() + 1));
        if (EMPTY.equals(String.valueOf(file.getFileName()))) {
          Files.createDirectories(file.getParent());
        } else {
          save(stored, file);
        }
      }
      arrival.complete();
    }
    return target.resolve(CONTENT);
  }

  /** Copies of a folder and of what lies in it must not stand in each other's place. */
  private static String nameOf(StoreKey key) {
    return UUID.nameUUIDFromBytes(key.text().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private List<Stored> below(StoreKey key) throws IOException {
    try (Stream<Stored> all = store.list(key.text() + "/")) {
      return new ArrayList<>(all.toList());
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void save(Stored stored, Path file) throws IOException {
    try (InputStream in = store.open(stored, 0)) {
      Arrival.save(in, file, stored.size());
    }
  }

  /**
   * @param target what arrives and goes as a whole
   * @param copy the same, or what of it is the copy
   */
  private Optional<Path> here(StoreKey key, Path target, Path copy) throws IOException {
    Original original;
    synchronized (originals) {
      original = originals.get(key);
    }
    if (original != null && Files.exists(original.path())) {
      return Optional.of(original.path());
    }
    synchronized (uses) {
      if (!Files.exists(copy)) {
        return Optional.empty();
      }
      uses.note(target);
      return Optional.of(copy);
    }
  }
}
