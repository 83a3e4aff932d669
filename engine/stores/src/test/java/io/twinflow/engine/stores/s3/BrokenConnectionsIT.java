package io.twinflow.engine.stores.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of transfers whose connections break, and of a store that goes away. */
class BrokenConnectionsIT {

  private static final long MEBI = 1024 * 1024;
  private static final StoreKey KEY = new StoreKey("run/1-1/large.bin");

  @TempDir Path folder;
  private S3Bucket direct;
  private S3Bucket through;
  private CuttingProxy proxy;
  private ArtifactStore store;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    S3Site site = Gateway.site();
    direct = Gateway.newBucket(site);
    proxy = new CuttingProxy(site.endpoint());
    through = new S3Bucket(at(site, proxy.endpoint()), direct.name());
    store = new S3Store(through, "");
    byte[] content = new byte[(int) (S3Upload.PART + 4 * MEBI)];
    new Random(1).nextBytes(content);
    file = Files.write(folder.resolve("large.bin"), content);
  }

  private static S3Site at(S3Site site, URI endpoint) {
    return new S3Site("proxied", endpoint, site.region(), site.accessKey(), site.secretKey());
  }

  @AfterEach
  void close() throws IOException {
    through.close();
    proxy.close();
    direct.close();
  }

  @Test
  void aPartWhoseConnectionBreaksIsSentAgain() throws IOException {
    proxy.cut(2, 3 * MEBI, Long.MAX_VALUE);
    store.put(KEY, file);
    assertThat(proxy.cuts()).isEqualTo(2);
    assertSame();
  }

  @Test
  void aDownloadGoesOnWhereItsConnectionBroke() throws IOException {
    store.put(KEY, file);
    proxy.cut(3, Long.MAX_VALUE, 5 * MEBI);
    assertSame();
    assertThat(proxy.cuts()).isEqualTo(3);
  }

  private void assertSame() throws IOException {
    Path back = folder.resolve("back.bin");
    try (InputStream in = store.open(store.find(KEY).orElseThrow(), 0)) {
      Files.copy(in, back);
    }
    assertThat(Files.mismatch(file, back)).isEqualTo(-1);
  }

  @Test
  void aStoreThatGoesAwayInTheMiddleIsNamedAndNothingHalfIsSeen() throws IOException {
    proxy.cut(Integer.MAX_VALUE, 3 * MEBI, Long.MAX_VALUE);
    assertThatThrownBy(() -> store.put(KEY, file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            KEY.text(), direct.name(), proxy.endpoint().toString(), "check the network");
    ArtifactStore later = new S3Store(direct, "");
    assertThat(later.find(KEY)).isEmpty();
    assertThat(later.list("").toList()).isEmpty();
    assertThat(later.abandon(Instant.now().plusSeconds(60))).as("aborted already").isZero();
  }

  @Test
  void aDownloadFromAStoreThatIsGoneFailsAndNeverEndsEarly() throws IOException {
    store.put(KEY, file);
    ArtifactStore.Stored stored = store.find(KEY).orElseThrow();
    proxy.cut(Integer.MAX_VALUE, Long.MAX_VALUE, 2 * MEBI);
    assertThatThrownBy(
            () -> {
              try (InputStream in = store.open(stored, 0)) {
                in.transferTo(OutputStream.nullOutputStream());
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(KEY.text(), direct.name());
    S3Site nobody = at(direct.site(), URI.create("http://127.0.0.1:1"));
    try (S3Bucket gone = new S3Bucket(nobody, "gone")) {
      assertThatThrownBy(() -> new S3Store(gone, "").check())
          .hasMessageContainingAll("bucket 'gone' at http://127.0.0.1:1", "check the network");
    }
  }
}
