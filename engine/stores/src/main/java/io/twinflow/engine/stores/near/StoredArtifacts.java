package io.twinflow.engine.stores.near;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Artifacts of the engine's own store as well as files: asked about there, and read from a copy.
 */
public record StoredArtifacts(
    Artifacts files, ArtifactStore store, RemoteInputs remote, KnownDigests digests)
    implements Artifacts {

  @Override
  public Optional<Stat> stat(URI location) throws IOException {
    Optional<StoreKey> key = elsewhere(location);
    if (key.isEmpty()) {
      return files.stat(location);
    }
    String name = key.get().names().getLast();
    Optional<Stat> file =
        store.find(key.get()).map(found -> new Stat(location, name, false, found.size()));
    return file.isPresent() ? file : folder(location, key.get());
  }

  /** A folder is what something lies in. */
  private Optional<Stat> folder(URI location, StoreKey key) throws IOException {
    try (Stream<Stored> inside = store.list(key.text() + "/")) {
      return inside.findFirst().map(_ -> new Stat(location, key.names().getLast(), true, 0));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public List<Stat> list(URI directory) throws IOException {
    if (elsewhere(directory).isEmpty()) {
      return files.list(directory);
    }
    List<Stat> entries = new ArrayList<>();
    for (Stat entry : files.list(remote.fetchFolder(directory))) {
      URI location = URI.create(Locations.child(directory.toString(), entry.name()));
      entries.add(new Stat(location, entry.name(), entry.directory(), entry.size()));
    }
    return entries;
  }

  @Override
  public byte[] read(URI file, int limit) throws IOException {
    Optional<StoreKey> key = elsewhere(file);
    if (key.isEmpty()) {
      return files.read(file, limit);
    }
    Optional<Stored> stored = store.find(key.get());
    try (InputStream in =
        store.open(stored.orElseThrow(() -> new NoSuchFileException(file.toString())), 0)) {
      return in.readNBytes(limit);
    }
  }

  @Override
  public Identity identify(URI file) throws IOException {
    Optional<StoreKey> key = elsewhere(file);
    if (key.isEmpty()) {
      return files.identify(file);
    }
    Optional<Identity> told = digests.of(file.toString());
    Optional<Identity> known = told.isPresent() ? told : store.identity(key.get());
    return known.isPresent() ? known.get() : files.identify(remote.fetch(file));
  }

  private Optional<StoreKey> elsewhere(URI location) {
    return "file".equals(location.getScheme())
        ? Optional.empty()
        : store.key(Locations.withoutSlash(location));
  }
}
