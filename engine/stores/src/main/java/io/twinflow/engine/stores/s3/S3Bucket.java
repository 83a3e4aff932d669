package io.twinflow.engine.stores.s3;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.http.Method;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * One bucket, as the account of its site sees it. Names of objects are as the store has them. Safe
 * for many threads.
 */
public final class S3Bucket implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Longer than a store that is busy takes to complete a large object. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final String name;
  private final S3Site site;
  private final OkHttpClient http;
  private final MinioAsyncClient client;
  private final S3Calls calls;

  public S3Bucket(S3Site site, String name) {
    this.name = name;
    this.site = site;
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .protocols(java.util.List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .build();
    http.dispatcher().setMaxRequestsPerHost(http.dispatcher().getMaxRequests());
    this.client =
        MinioAsyncClient.builder()
            .endpoint(site.endpoint().toString())
            .region(site.region())
            .credentials(site.accessKey(), site.secretKey())
            .httpClient(http)
            .build();
    this.calls = new S3Calls(new S3Words(place(), name));
  }

  /** For people. */
  public String place() {
    return "bucket '%s' at %s".formatted(name, site.endpoint());
  }

  public String name() {
    return name;
  }

  public S3Site site() {
    return site;
  }

  MinioAsyncClient client() {
    return client;
  }

  S3Calls calls() {
    return calls;
  }

  /**
   * @throws IOException if it is not there, or the account may not see it
   */
  public void check() throws IOException {
    if (!calls.make(
        "the store", () -> client.bucketExists(BucketExistsArgs.builder().bucket(name).build()))) {
      throw new IOException(
          "there is no bucket '%s' at %s; make it, or mend the bucket's name"
              .formatted(name, site.endpoint()));
    }
  }

  /**
   * An object as the store has it.
   *
   * @param size bytes
   * @param version the version id, or the eTag where versions are not kept
   * @param tags user metadata, names in lower case
   */
  public record Found(
      String object,
      long size,
      Instant modified,
      String etag,
      String version,
      Map<String, String> tags) {}

  public Optional<Found> find(String object) throws IOException {
    try {
      StatObjectResponse head =
          calls.make(
              object,
              () ->
                  client.statObject(StatObjectArgs.builder().bucket(name).object(object).build()));
      return Optional.of(
          new Found(
              object,
              head.size(),
              head.lastModified().toInstant(),
              head.etag(),
              version(head.versionId(), head.etag()),
              Map.copyOf(head.userMetadata())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  static String version(@org.jspecify.annotations.Nullable String id, String etag) {
    return id == null || id.isEmpty() || id.equals("null") ? unquoted(etag) : id;
  }

  static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  /** All objects whose names begin so; pages are fetched as it is read. */
  public Stream<Found> list(String prefix) {
    Iterable<Result<Item>> pages =
        client.listObjects(
            ListObjectsArgs.builder().bucket(name).prefix(prefix).recursive(true).build());
    return StreamSupport.stream(pages.spliterator(), false).map(result -> listed(prefix, result));
  }

  private Found listed(String prefix, Result<Item> result) {
    try {
      Item item = result.get();
      return new Found(
          item.objectName(),
          item.size(),
          item.lastModified().toInstant(),
          unquoted(item.etag()),
          version(item.versionId(), item.etag()),
          Map.of());
    } catch (Exception e) {
      String what = prefix.isEmpty() ? "the list of all" : prefix + "*";
      throw new UncheckedIOException(calls.words().of(what, S3Calls.cause(e)));
    }
  }

  /**
   * MinIO's {@code ListenBucketNotification}: a notification in each line, from now on, of what
   * begins so. Other stores refuse it, or answer something else and end.
   */
  public InputStream listen(String prefix) throws IOException {
    return calls.make(prefix + "*", () -> new ListenClient(client).listen(name, prefix));
  }

  /**
   * The content from a byte on, as long as it is this version; asked for again where a connection
   * broke.
   */
  public InputStream open(String object, String etag, long size, long first) throws IOException {
    return new ResumedStream(calls.words(), object, size, first, from -> get(object, etag, from));
  }

  private InputStream get(String object, String etag, long from) throws IOException {
    return calls.make(
        object,
        () -> {
          GetObjectArgs.Builder args =
              GetObjectArgs.builder().bucket(name).object(object).matchETag(etag);
          if (from > 0) {
            args.offset(from);
          }
          return client.getObject(args.build());
        });
  }

  public void delete(String object) throws IOException {
    calls.make(
        object,
        () -> client.removeObject(RemoveObjectArgs.builder().bucket(name).object(object).build()));
  }

  /**
   * @param valid at most seven days
   * @param disposition what the store answers with as Content-Disposition
   */
  public URI link(String object, Duration valid, String disposition) throws IOException {
    return URI.create(
        calls.make(
            object,
            () ->
                java.util.concurrent.CompletableFuture.completedFuture(
                    client.getPresignedObjectUrl(
                        GetPresignedObjectUrlArgs.builder()
                            .method(Method.GET)
                            .bucket(name)
                            .object(object)
                            .expiry((int) valid.toSeconds(), TimeUnit.SECONDS)
                            .extraQueryParams(Map.of("response-content-disposition", disposition))
                            .build()))));
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
