package io.twinflow.engine.stores.s3;

import io.minio.ComposeObjectArgs;
import io.minio.ComposeSource;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.http.Method;
import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.executors.api.place.ObjectPlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A bucket, below a prefix, as the place where sites without a shared folder fetch and put. */
public final class S3Place implements ObjectPlace {

  private static final Duration LONGEST = Duration.ofDays(7);

  private final S3Bucket bucket;
  private final String prefix;
  private final S3Objects objects;
  private final S3Parts parts;

  /**
   * @param prefix what all names begin with: empty, or ending in a slash
   */
  public S3Place(S3Bucket bucket, String prefix) {
    if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
      throw new IllegalArgumentException("a prefix ends in a slash and begins with none");
    }
    this.bucket = bucket;
    this.prefix = prefix;
    this.objects = new S3Objects(bucket);
    this.parts = new S3Parts(bucket);
  }

  @Override
  public String words() {
    return bucket.place();
  }

  @Override
  public URI location(String name) {
    return URI.create(Locations.child("s3://" + bucket.name(), prefix + name));
  }

  @Override
  public Optional<String> name(URI location) {
    String path = location.getPath();
    String start = "/" + prefix;
    return "s3".equals(location.getScheme())
            && bucket.name().equals(location.getRawAuthority())
            && path != null
            && path.startsWith(start)
            && path.length() > start.length()
        ? Optional.of(path.substring(start.length()))
        : Optional.empty();
  }

  private Found found(S3Bucket.Found found) {
    return new Found(found.object().substring(prefix.length()), found.size(), found.modified());
  }

  @Override
  public Optional<Found> find(String name) throws IOException {
    return bucket.find(prefix + name).map(this::found);
  }

  @Override
  public List<Found> list(String start) throws IOException {
    try (Stream<S3Bucket.Found> all = bucket.list(prefix + start)) {
      List<Found> sorted = new ArrayList<>(all.map(this::found).toList());
      sorted.sort(Comparator.comparing(Found::name));
      return sorted;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public Optional<byte[]> get(String name, int limit) throws IOException {
    return objects.get(prefix + name, limit);
  }

  @Override
  public InputStream open(Found object, long first) throws IOException {
    String name = prefix + object.name();
    return new ResumedStream(
        bucket.calls().words(), name, object.size(), first, from -> objects.from(name, from));
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    objects.put(prefix + name, content, Map.of());
  }

  @Override
  public void put(String name, Path file) throws IOException {
    new S3Upload(bucket, prefix + name, file, Map.of()).carryOut();
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return objects.putIfAbsent(prefix + name, content);
  }

  @Override
  public void copy(String from, String to) throws IOException {
    ComposeSource source =
        ComposeSource.builder()
            .bucket(bucket.name())
            .region(bucket.site().region())
            .object(prefix + from)
            .build();
    bucket
        .calls()
        .make(
            to,
            () ->
                bucket
                    .client()
                    .composeObject(
                        ComposeObjectArgs.builder()
                            .bucket(bucket.name())
                            .region(bucket.site().region())
                            .object(prefix + to)
                            .sources(List.of(source))
                            .build()));
  }

  @Override
  public void delete(String name) throws IOException {
    bucket.delete(prefix + name);
  }

  @Override
  public URI toGet(String name, Duration valid) throws IOException {
    return sign(Method.GET, name, valid, Map.of());
  }

  @Override
  public URI toPut(String name, Duration valid) throws IOException {
    return sign(Method.PUT, name, valid, Map.of());
  }

  @Override
  public URI toPutPart(String name, String upload, int part, Duration valid) throws IOException {
    return sign(
        Method.PUT, name, valid, Map.of("uploadId", upload, "partNumber", Integer.toString(part)));
  }

  private URI sign(Method method, String name, Duration valid, Map<String, String> query)
      throws IOException {
    Duration time = valid.compareTo(LONGEST) > 0 ? LONGEST : valid;
    return URI.create(
        bucket
            .calls()
            .make(
                name,
                () ->
                    CompletableFuture.completedFuture(
                        bucket
                            .client()
                            .getPresignedObjectUrl(
                                GetPresignedObjectUrlArgs.builder()
                                    .method(method)
                                    .bucket(bucket.name())
                                    .region(bucket.site().region())
                                    .object(prefix + name)
                                    .expiry((int) time.toSeconds(), TimeUnit.SECONDS)
                                    .extraQueryParams(query)
                                    .build()))));
  }

  @Override
  public String begin(String name) throws IOException {
    return parts.begin(prefix + name);
  }

  @Override
  public void complete(String name, String upload, List<String> etags, long size)
      throws IOException {
    parts.complete(prefix + name, upload, etags, size);
  }

  @Override
  public void abandon(String start) throws IOException {
    S3Leftovers.abort(bucket, prefix + start, Instant.MAX);
  }
}
