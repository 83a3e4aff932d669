package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where artifacts are kept: a folder, or a bucket of an object store. Bytes pass in bounded
 * buffers. Safe for many threads, and for many servers on the same store.
 *
 * <p>An artifact is there completely or not at all, whenever a writer, a server or the store dies:
 * {@link #put(StoreKey, Path)} makes it visible in one step at its end. It never changes; who puts
 * a key again replaces it as a whole, and readers of the old one get the old one or an error, never
 * a mixture. What an interrupted put left behind is invisible, and {@link #abandon} removes it.
 *
 * <p>A key is never also the beginning of another one's path ({@code a} and {@code a/b}).
 *
 * <p>All methods throw {@link IOException} with words for people: the store, the key, what the
 * store said and how to mend it; never with credentials. {@link java.nio.file.NoSuchFileException}:
 * there is no such artifact. {@link java.nio.file.AccessDeniedException}: the store refused; no use
 * in asking again.
 */
public interface ArtifactStore extends AutoCloseable {

  /** Where an artifact lies, as it stands in journals: {@code file:} or {@code s3:}. */
  URI location(StoreKey key);

  /** The key of what lies at a location; empty if that is not in this store. */
  Optional<StoreKey> key(URI location);

  Optional<Stored> find(StoreKey key) throws IOException;

  /**
   * All artifacts whose keys begin so, in no promised order; fetched while it is read, so it must
   * be closed. Failures while reading are {@link java.io.UncheckedIOException}.
   *
   * @param prefix of the key's text, also in the middle of a name; empty for all
   */
  Stream<Stored> list(String prefix) throws IOException;

  /**
   * @param file must not change meanwhile; stays
   * @return what is there now
   */
  default Stored put(StoreKey key, Path file) throws IOException {
    return put(key, file, Optional.empty());
  }

  /**
   * As {@link #put(StoreKey, Path)}; a store that can remember what the content is does.
   *
   * @param identity of the file, as far as it is known
   */
  Stored put(StoreKey key, Path file, Optional<Artifacts.Identity> identity) throws IOException;

  /** What the content was said to be when it was put; empty if this is not remembered. */
  Optional<Artifacts.Identity> identity(StoreKey key) throws IOException;

  /**
   * As {@link #put(StoreKey, Path)}, unless there is something already.
   *
   * @param file of at most 5 MiB
   * @return empty if there was, and nothing was done; of two that do this at the same time one gets
   *     empty
   */
  Optional<Stored> putIfAbsent(StoreKey key, Path file) throws IOException;

  /**
   * The content of one version; closed by the caller. A stream that breaks off throws, and never
   * ends early.
   *
   * @param artifact as {@link #find}, {@link #list} or {@link #put(StoreKey, Path)} gave it
   * @param first byte wanted, from 0; the size gives an empty stream
   * @throws java.nio.file.NoSuchFileException also if it was replaced since
   */
  InputStream open(Stored artifact, long first) throws IOException;

  /** There is nothing any more; also if there was nothing. */
  void delete(StoreKey key) throws IOException;

  /**
   * A URL by which anybody can read the artifact for a while, without an account.
   *
   * @param name that a browser shall give the file
   * @return empty if this kind of store has no such links
   */
  Optional<URI> link(StoreKey key, Duration valid, String name) throws IOException;

  /**
   * Removes what puts that began before this time and did not end have left behind.
   *
   * @return how many
   */
  int abandon(Instant before) throws IOException;

  /** Whether servers on other machines reach the same artifacts. */
  boolean isShared();

  @Override
  void close();

  /**
   * An artifact in the store.
   *
   * @param size bytes
   * @param modified when it was put, by the store's clock
   * @param version tells this content from others that the key had or will have: a version id or an
   *     eTag. Not a digest of the content
   */
  record Stored(StoreKey key, long size, Instant modified, String version) {}
}
