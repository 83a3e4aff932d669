package io.twinflow.engine.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.ArtifactStore.Stored;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every artifact store does. */
public abstract class StoreContract {

  /** Bytes; what a store may treat apart lies above it, at it and below it. */
  protected static final int PART = 5 * 1024 * 1024;

  @TempDir Path folder;

  /** An empty store, the same for the whole test. */
  protected abstract ArtifactStore store() throws IOException;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1})
  void whatIsPutIsThereWhole(int size) throws IOException {
    byte[] content = content(size);
    Stored put = store().put(key("a/b"), file(content));
    assertThat(put.size()).isEqualTo(size);
    assertThat(store().find(key("a/b")))
        .hasValueSatisfying(found -> {
          assertThat(found.size()).isEqualTo(size);
          assertThat(found.version()).isEqualTo(put.version());
          assertThat(found.modified())
              .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(300));
        });
    assertThat(read(put, 0)).isEqualTo(content);
  }

  @Test
  void aPartOfTheContentBeginsWhereItIsAsked() throws IOException {
    byte[] content = content(100_000);
    Stored put = store().put(key("a"), file(content));
    for (int first : new int[] {1, 65_536, 99_999, 100_000}) {
      assertThat(read(put, first))
          .isEqualTo(java.util.Arrays.copyOfRange(content, first, content.length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "a+b",
        "50%",
        "%2F",
        "ünïcødé/名前.tif",
        "a&b=c?d#e",
        "tilde~!*'();:@$,",
        "back\\slash",
        "\"quotes\"",
        "<xml>&amp;",
        "..hidden",
        "a..b",
        "-",
        "a/ b / c ",
        "trailing."
      })
  void oddKeysComeBackAsTheyWere(String text) throws IOException {
    Stored put = store().put(key(text), file(content(3)));
    assertThat(listed("")).containsExactly(text);
    assertThat(listed(text)).containsExactly(text);
    assertThat(read(store().find(key(text)).orElseThrow(), 0)).hasSize(3);
    assertThat(store().key(store().location(key(text)))).contains(key(text));
    assertThat(put.key()).isEqualTo(key(text));
    store().delete(key(text));
    assertThat(store().find(key(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", ".", "..", "a/../b", "../a", "a/.", "a\0b"})
  void keysThatMeanSomethingElseElsewhereAreRefused(String text) {
    assertThatThrownBy(() -> key(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListHoldsWhatBeginsSoAndNothingElse() throws IOException {
    for (String text : List.of("t/run1/1-1/a", "t/run1/2-1/b", "t/run10/1-1/c", "u/d")) {
      store().put(key(text), file(content(1)));
    }
    assertThat(listed("t/run1/")).containsExactlyInAnyOrder("t/run1/1-1/a", "t/run1/2-1/b");
    assertThat(listed("t/run1"))
        .containsExactlyInAnyOrder("t/run1/1-1/a", "t/run1/2-1/b", "t/run10/1-1/c");
    assertThat(listed("")).hasSize(4);
    assertThat(listed("v/")).isEmpty();
  }

  @Test
  void putAgainReplacesTheWholeAndTheOldOneIsNoLongerRead() throws IOException {
    Stored first = store().put(key("a"), file(content(10)));
    Stored second =
        store().put(key("a"), file("other".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(read(second, 0)).hasSize(5);
    assertThatThrownBy(() -> read(first, 0)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void ofManyThatPutIfAbsentOneDoes() throws Exception {
    Path file = file(content(1000));
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Optional<Stored>>> puts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        puts.add(
            threads.submit(() -> {
              go.await();
              return store().putIfAbsent(key("claim"), file);
            }));
      }
      go.countDown();
    }
    int won = 0;
    for (Future<Optional<Stored>> put : puts) {
      won += put.get().isPresent() ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
    assertThat(store().putIfAbsent(key("claim"), file)).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFoundAndDeletingItIsNoError() throws IOException {
    assertThat(store().find(key("no/such"))).isEmpty();
    store().delete(key("no/such"));
    Stored put = store().put(key("a"), file(content(1)));
    store().delete(key("a"));
    assertThat(store().find(key("a"))).isEmpty();
    assertThatThrownBy(() -> read(put, 0)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void deletingLeavesNeighboursAlone() throws IOException {
    store().put(key("a/b/c"), file(content(1)));
    store().put(key("a/b/d"), file(content(1)));
    store().delete(key("a/b/c"));
    assertThat(listed("")).containsExactly("a/b/d");
    store().delete(key("a/b"));
    assertThat(listed("")).containsExactly("a/b/d");
  }

  @Test
  void aPutOfAFileThatIsNotThereLeavesNothing() throws IOException {
    assertThatThrownBy(() -> store().put(key("a"), folder.resolve("missing")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
    assertThat(listed("")).isEmpty();
    assertThat(store().abandon(Instant.now().plusSeconds(60))).isZero();
  }

  @Test
  void locationsOfElsewhereAreNotOfThisStore() throws IOException {
    assertThat(store().key(java.net.URI.create("http://example.org/a"))).isEmpty();
    assertThat(store().key(java.net.URI.create("file:///etc/passwd"))).isEmpty();
    assertThat(store().key(java.net.URI.create("s3://another-bucket/a"))).isEmpty();
  }

  @Test
  void aLinkIsGivenOnlyWhereThereAreLinks() throws IOException {
    store().put(key("a b"), file(content(3)));
    Optional<java.net.URI> link = store().link(key("a b"), Duration.ofMinutes(1), "naïve.txt");
    assertThat(link.isPresent()).isEqualTo(hasLinks());
  }

  protected boolean hasLinks() {
    return false;
  }

  protected final Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "content", ""), content);
  }

  protected static StoreKey key(String text) {
    return new StoreKey(text);
  }

  /** Never the same twice in a row, so that parts in the wrong order are seen. */
  protected static byte[] content(int size) {
    byte[] content = new byte[size];
    new java.util.Random(size).nextBytes(content);
    return content;
  }

  protected final byte[] read(Stored artifact, long first) throws IOException {
    try (InputStream in = store().open(artifact, first)) {
      return in.readAllBytes();
    }
  }

  protected final List<String> listed(String prefix) throws IOException {
    try (Stream<Stored> all = store().list(prefix)) {
      return all.map(stored -> stored.key().text()).toList();
    }
  }
}
