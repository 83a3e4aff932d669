package io.twinflow.engine.stores.folder;

import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.stores.folder.SignedUrls.Right;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of the engine's machine as the place where sites fetch and put, for who has no object
 * store: a {@link FileDesk} answers at the URLs. What lies there is a file like any other to the
 * engine. Commands and servers that share the folder share the place.
 */
public final class FolderPlace implements ObjectPlace {

  /** Longer than the largest file takes. */
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Path root;
  private final FolderStore store;
  private final FolderUploads uploads;
  private final SignedUrls urls;

  /**
   * @param files the URL where sites reach the desk for this folder
   * @param secret at least 32 bytes: who has it can reach any file in the folder
   */
  public FolderPlace(Path root, URI files, String secret) throws IOException {
    this(root, files, secret, Clock.systemUTC());
  }

  FolderPlace(Path root, URI files, String secret, Clock clock) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    this.store = new FolderStore(root, false);
    this.uploads = new FolderUploads(store.parts().resolve("uploads"));
    this.urls =
        new SignedUrls(
            URI.create(files.toString().endsWith("/") ? files.toString() : files + "/"),
            secret,
            clock);
    store.abandon(clock.instant().minus(LEFT_BEHIND));
  }

  FolderStore store() {
    return store;
  }

  FolderUploads uploads() {
    return uploads;
  }

  SignedUrls urls() {
    return urls;
  }

  Path root() {
    return root;
  }

  @Override
  public String words() {
    return "folder " + root;
  }

  @Override
  public URI location(String name) {
    return store.location(new StoreKey(name.replaceFirst("/$", "")));
  }

  @Override
  public Optional<String> name(URI location) {
    return store.key(location).map(StoreKey::text);
  }

  private static Found found(Stored stored) {
    return new Found(stored.key().text(), stored.size(), stored.modified());
  }

  @Override
  public Optional<Found> find(String name) throws IOException {
    return store.find(new StoreKey(name)).map(FolderPlace::found);
  }

  @Override
  public List<Found> list(String prefix) throws IOException {
    try (Stream<Stored> all = store.list(prefix)) {
      List<Found> sorted = new ArrayList<>(all.map(FolderPlace::found).toList());
      sorted.sort(Comparator.comparing(Found::name));
      return sorted;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Optional<byte[]> get(String name, int limit) throws IOException {
    Optional<Stored> stored = store.find(new StoreKey(name));
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    if (stored.get().size() > limit) {
      throw new IOException(
          "%s has %d bytes, %d are allowed"
              .formatted(root.resolve(name), stored.get().size(), limit));
    }
    try (InputStream in = store.open(stored.get(), 0)) {
      return Optional.of(in.readAllBytes());
    }
  }

  @Override
  public InputStream open(Found object, long first) throws IOException {
    Stored stored =
        store
            .find(new StoreKey(object.name()))
            .orElseThrow(() -> new java.nio.file.NoSuchFileException(object.name()));
    return store.open(stored, first);
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    Path part = store.newPart();
    try {
      OnDisk.write(part, content);
      store.place(new StoreKey(name), part);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void put(String name, Path file) throws IOException {
    store.put(new StoreKey(name), file);
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    Path part = store.newPart();
    try {
      OnDisk.write(part, content);
      return store.placeIfAbsent(new StoreKey(name), part).isPresent()
          || get(name, Integer.MAX_VALUE)
              .filter(there -> Arrays.equals(there, content))
              .isPresent();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void copy(String from, String to) throws IOException {
    put(to, root.resolve(new StoreKey(from).text()));
  }

  @Override
  public void keepFolder(String name) throws IOException {
    Files.createDirectories(root.resolve(new StoreKey(name).text()));
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(new StoreKey(name));
  }

  @Override
  public URI toGet(String name, Duration valid) {
    return urls.sign(Right.whole("GET", new StoreKey(name).text()), valid);
  }

  @Override
  public URI toPut(String name, Duration valid) {
    return urls.sign(Right.whole("PUT", new StoreKey(name).text()), valid);
  }

  @Override
  public String begin(String name) throws IOException {
    return uploads.begin(new StoreKey(name).text());
  }

  @Override
  public URI toPutPart(String name, String upload, int part, Duration valid) {
    return urls.sign(new Right("PUT", new StoreKey(name).text(), upload, part), valid);
  }

  @Override
  public void complete(String name, String upload, List<String> etags, long size)
      throws IOException {
    if (!uploads.isOf(upload, name)) {
      if (find(name).filter(there -> there.size() == size).isPresent()) {
        return;
      }
      throw new IOException("there is no upload %s of %s".formatted(upload, name));
    }
    Path part = store.newFile();
    try {
      uploads.join(upload, etags.stream().map(tag -> tag.replace("\"", "")).toList(), size, part);
      store.place(new StoreKey(name), part);
    } finally {
      Files.deleteIfExists(part);
    }
    uploads.end(upload);
  }

  @Override
  public void abandon(String prefix) throws IOException {
    uploads.abandon(prefix);
  }
}
