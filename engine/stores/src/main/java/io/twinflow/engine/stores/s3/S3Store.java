package io.twinflow.engine.stores.s3;

import io.twinflow.engine.core.artifact.ArtifactStore;
import io.twinflow.engine.core.artifact.Artifacts;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Artifacts in a bucket, below a prefix. An object appears when its last byte has been confirmed:
 * large files go in parts (16 MiB, more from 160 GB on), which become an object at the end. Digests
 * stand in its metadata.
 */
public final class S3Store implements ArtifactStore {

  private static final String SHA1 = "twinflow-sha1";
  private static final String SHA256 = "twinflow-sha256";
  private static final Duration LONGEST_LINK = Duration.ofDays(7);

  private final S3Bucket bucket;
  private final String prefix;

  /**
   * @param prefix what all names begin with: empty, or ending in a slash
   */
  public S3Store(S3Bucket bucket, String prefix) {
    if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
      throw new IllegalArgumentException("a prefix ends in a slash and begins with none");
    }
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * @throws IOException if the bucket is not there or the account may not use it
   */
  public void check() throws IOException {
    bucket.check();
  }

  /** This store after {@link #check}; closed if that fails. */
  public S3Store checked() throws IOException {
    try {
      check();
      return this;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The same place, for sites that fetch and put by signed URLs. */
  public S3Place place() {
    return new S3Place(bucket, prefix);
  }

  @Override
  public URI location(StoreKey key) {
    return URI.create(Locations.child("s3://" + bucket.name(), prefix + key.text()));
  }

  @Override
  public Optional<StoreKey> key(URI location) {
    String path = location.getPath();
    String start = "/" + prefix;
    return "s3".equals(location.getScheme())
            && bucket.name().equals(location.getRawAuthority())
            && path != null
            && path.startsWith(start)
            && path.length() > start.length()
            && !path.endsWith("/")
        ? Optional.of(new StoreKey(path.substring(start.length())))
        : Optional.empty();
  }

  @Override
  public Optional<Stored> find(StoreKey key) throws IOException {
    return bucket.find(prefix + key.text()).map(found -> stored(key, found));
  }

  @Override
  public Optional<Artifacts.Identity> identity(StoreKey key) throws IOException {
    return bucket
        .find(prefix + key.text())
        .flatMap(found -> {
          String sha1 = found.tags().get(SHA1);
          String sha256 = found.tags().get(SHA256);
          return sha1 == null || sha256 == null
              ? Optional.empty()
              : Optional.of(new Artifacts.Identity(sha1, sha256, found.size()));
        });
  }

  /** Other people's objects whose names are no keys are not shown. */
  @Override
  public Stream<Stored> list(String start) {
    return bucket
        .list(prefix + start)
        .flatMap(found -> {
          try {
            return Stream.of(
                stored(new StoreKey(found.object().substring(prefix.length())), found));
          } catch (IllegalArgumentException e) {
            return Stream.empty();
          }
        });
  }

  @Override
  public Stored put(StoreKey key, Path file, Optional<Artifacts.Identity> identity)
      throws IOException {
    Map<String, String> tags =
        identity.map(known -> Map.of(SHA1, known.sha1(), SHA256, known.sha256())).orElse(Map.of());
    return stored(key, new S3Upload(bucket, prefix + key.text(), file, tags).carryOut());
  }

  @Override
  public Optional<Stored> putIfAbsent(StoreKey key, Path file) throws IOException {
    S3Upload.Done done = new S3Upload(bucket, prefix + key.text(), file, Map.of()).unlessThere();
    return Optional.ofNullable(done).map(put -> stored(key, put));
  }

  private static Stored stored(StoreKey key, S3Upload.Done done) {
    return new Stored(key, done.size(), done.at(), done.etag());
  }

  private static Stored stored(StoreKey key, S3Bucket.Found found) {
    return new Stored(key, found.size(), found.modified(), found.etag());
  }

  @Override
  public InputStream open(Stored artifact, long first) throws IOException {
    return bucket.open(prefix + artifact.key().text(), artifact.version(), artifact.size(), first);
  }

  @Override
  public void delete(StoreKey key) throws IOException {
    bucket.delete(prefix + key.text());
  }

  @Override
  public Optional<URI> link(StoreKey key, Duration valid, String name) throws IOException {
    Duration time = valid.compareTo(LONGEST_LINK) > 0 ? LONGEST_LINK : valid;
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return Optional.of(
        bucket.link(prefix + key.text(), time, "attachment; filename*=UTF-8''" + encoded));
  }

  @Override
  public int abandon(Instant before) throws IOException {
    return S3Leftovers.abort(bucket, prefix, before);
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    bucket.close();
  }
}
