package io.twinflow.engine.server.data;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.core.artifact.StoreKey;
import io.twinflow.engine.stores.near.NearCopies;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Everything that is fetched before a tool reads it: from the server's store, from S3, by HTTP. */
record Sources(ArtifactStore store, NearCopies near, RemoteInputs s3, RemoteInputs http)
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
    String text = location.toString();
    URI folder = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    Optional<StoreKey> own = store.key(folder);
    return own.isPresent()
        ? URI.create(Locations.of(near.folder(own.get())))
        : s3.fetchFolder(location);
  }

  @Override
  public void askAgain() {
    http.askAgain();
  }
}
