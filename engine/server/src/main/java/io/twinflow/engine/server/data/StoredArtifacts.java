package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Artifacts of the server's store as well as files: asked about there, and read from a copy. */
public record StoredArtifacts(Artifacts files, ArtifactStore store, RemoteInputs remote)
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
    return file.isPresent() ? file : folder(location, name);
  }

  private Optional<Stat> folder(URI location, String name) throws IOException {
    try {
      remote.fetchFolder(location);
      return Optional.of(new Stat(location, name, true, 0));
    } catch (NoSuchFileException e) {
      return Optional.empty();
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
    return files.read(near(file), limit);
  }

  @Override
  public Identity identify(URI file) throws IOException {
    Optional<StoreKey> key = elsewhere(file);
    Optional<Identity> known = key.isEmpty() ? Optional.empty() : store.identity(key.get());
    return known.isPresent() ? known.get() : files.identify(near(file));
  }

  private URI near(URI file) throws IOException {
    return elsewhere(file).isEmpty() ? file : remote.fetch(file);
  }

  private Optional<StoreKey> elsewhere(URI location) {
    return "file".equals(location.getScheme()) ? Optional.empty() : store.key(location);
  }
}
