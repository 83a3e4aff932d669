package io.twinflow.engine.server.data;

import io.twinflow.engine.core.EngineConfig;
import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.stores.near.KnownDigests;
import io.twinflow.engine.stores.near.StoredArtifacts;
import java.util.Optional;

/** How the engine of a server comes to its data, and where it leaves it. */
public final class DataPlan {

  private final RemoteInputs remote;
  private final ArtifactStore store;
  private final KeepFiles files;
  private final KnownDigests digests = new KnownDigests();
  private final Optional<String> place;

  /**
   * @param place of the store; empty if that is the data folder itself
   */
  DataPlan(RemoteInputs remote, ArtifactStore store, KeepFiles files, Optional<String> place) {
    this.remote = remote;
    this.store = store;
    this.files = files;
    this.place = place;
  }

  /** What fetches inputs that are elsewhere. */
  public RemoteInputs remote() {
    return remote;
  }

  /** What is in the store, beside what the given ones are. */
  public Artifacts artifacts(Artifacts files) {
    return new StoredArtifacts(files, store, remote, digests);
  }

  /** Where the store is, if that is not the data folder. */
  public Optional<String> place() {
    return place;
  }

  /** The engine, with outputs going to the store; tools write where the store is, or beside it. */
  public EngineConfig in(EngineConfig config) {
    return place.isPresent()
        ? config.withTools(new StoredTools(config.tools(), files, digests, ""))
        : config;
  }
}
