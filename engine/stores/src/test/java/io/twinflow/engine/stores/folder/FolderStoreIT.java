package io.twinflow.engine.stores.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.stores.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreIT extends StoreContract {

  @TempDir Path root;
  private ArtifactStore store;

  @BeforeEach
  void open() {
    store = new FolderStore(root.resolve("store"), false);
  }

  @Override
  protected ArtifactStore store() {
    return store;
  }

  @Test
  void whatAnInterruptedPutLeftIsInvisibleAndCanBeAbandoned() throws IOException {
    store.put(key("a"), file(content(1)));
    Path part = Files.writeString(root.resolve("store/.parts/left"), "half");
    assertThat(listed("")).containsExactly("a");
    assertThat(store.abandon(Instant.now().minusSeconds(60))).isZero();
    assertThat(store.abandon(Instant.now().plusSeconds(60))).isEqualTo(1);
    assertThat(part).doesNotExist();
    assertThat(listed("")).containsExactly("a");
  }

  @Test
  void linksAreNeitherListedNorRead() throws IOException {
    store.put(key("a"), file(content(1)));
    Path secret = Files.writeString(root.resolve("secret"), "secret");
    Files.createSymbolicLink(root.resolve("store/link"), secret);
    assertThat(listed("")).containsExactly("a");
    assertThat(store.find(key("link"))).isEmpty();
  }

  @Test
  void aKeyCannotBeTheFolderOfOthers() throws IOException {
    store.put(key("a/b"), file(content(1)));
    assertThatThrownBy(() -> store.put(key("a"), file(content(1))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds other artifacts");
  }
}
