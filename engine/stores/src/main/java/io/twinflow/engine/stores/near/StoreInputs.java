package io.twinflow.engine.stores.near;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Everything that is fetched before a tool reads it: from the engine's own store, from other
 * stores, by HTTP.
 *
 * @param shares whether some sites fetch from the own store themselves
 */
public record StoreInputs(
    ArtifactStore store, NearCopies near, RemoteInputs s3, RemoteInputs http, boolean shares)
    implements RemoteInputs {

  @Override
  public URI fetch(URI location) throws IOException {
    if (!"s3".equals(location.getScheme())) {
      return http.fetch(location);
    }
    Optional<StoreKey> own = store.key(location);
    return own.isPresent() ? URI.create(Locations.of(near.file(own.get()))) : s3.fetch(location);
  }

  @Override
  public URI fetchFolder(URI location) throws IOException {
    if (!"s3".equals(location.getScheme())) {
      return http.fetchFolder(location);
    }
    Optional<StoreKey> own = folder(location);
    return own.isPresent()
        ? URI.create(Locations.of(near.folder(own.get())))
        : s3.fetchFolder(location);
  }

  @Override
  public boolean isOwn(URI location) {
    return shares && "s3".equals(location.getScheme()) && folder(location).isPresent();
  }

  private Optional<StoreKey> folder(URI location) {
    return store.key(Locations.withoutSlash(location));
  }

  @Override
  public void askAgain() {
    http.askAgain();
  }
}
