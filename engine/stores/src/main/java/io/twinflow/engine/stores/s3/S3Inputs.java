package io.twinflow.engine.stores.s3;

import io.twinflow.engine.core.artifact.Locations;
import io.twinflow.engine.core.artifact.RemoteInputs;
import io.twinflow.engine.stores.near.Arrival;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Fetches inputs from the buckets that people may read. Until its content has been digested an
 * object is known by endpoint, bucket, name and version (or eTag): the same one is fetched once,
 * and another version is another copy. A folder is what has names below it, known by all of theirs.
 */
public final class S3Inputs implements RemoteInputs, AutoCloseable {

  private final S3Rules rules;
  private final Path folder;
  private final LongConsumer account;
  private final Map<S3Rules.Place, S3Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param folder of the copies
   * @param account is told how many bytes will be fetched, before they are; may throw {@link
   *     UncheckedIOException}
   */
  public S3Inputs(S3Rules rules, Path folder, LongConsumer account) {
    this.rules = rules;
    this.folder = folder.toAbsolutePath();
    this.account = account;
  }

  @Override
  public URI fetch(URI location) throws IOException {
    S3Rules.Place place = allowed(location);
    S3Bucket bucket = bucket(place);
    S3Bucket.Found found =
        bucket
            .find(place.object())
            .orElseThrow(() ->
                new NoSuchFileException(location.toString(), null, "the store has no such object"));
    Path target = copy(bucket, List.of(found));
    if (!Files.exists(target)) {
      charge(found.size());
      try (Arrival arrival = new Arrival(target, folder.resolve(".parts"))) {
        save(bucket, found, arrival.part());
        arrival.complete();
      }
    }
    return URI.create(Locations.of(target));
  }

  @Override
  public URI fetchFolder(URI location) throws IOException {
    String text = location.toString();
    URI below = text.endsWith("/") ? location : URI.create(text + "/");
    S3Rules.Place place = allowed(below);
    S3Bucket bucket = bucket(place);
    List<S3Bucket.Found> all = list(bucket, place.object());
    if (all.isEmpty()) {
      throw new NoSuchFileException(text, null, "nothing in the store has a name that begins so");
    }
    Path target = copy(bucket, all);
    if (!Files.exists(target)) {
      charge(all.stream().mapToLong(S3Bucket.Found::size).sum());
      try (Arrival arrival = new Arrival(target, folder.resolve(".parts"))) {
        Files.createDirectories(arrival.part());
        for (S3Bucket.Found found : all) {
          put(bucket, found, place.object(), arrival.part());
        }
        arrival.complete();
      }
    }
    return URI.create(Locations.of(target));
  }

  private static void put(S3Bucket bucket, S3Bucket.Found found, String prefix, Path folder)
      throws IOException {
    String name = found.object().substring(prefix.length());
    if (name.isEmpty()) {
      return;
    }
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || name.contains("//") || name.indexOf('\0') >= 0) {
      throw new IOException(
          "the object '%s' cannot be a file in a folder; rename it".formatted(found.object()));
    }
    if (name.endsWith("/")) {
      // What other programs put for a folder that holds nothing.
      Files.createDirectories(file);
    } else {
      save(bucket, found, file);
    }
  }

  private static List<S3Bucket.Found> list(S3Bucket bucket, String prefix) throws IOException {
    try (Stream<S3Bucket.Found> all = bucket.list(prefix)) {
      List<S3Bucket.Found> sorted = new ArrayList<>(all.toList());
      sorted.sort(Comparator.comparing(S3Bucket.Found::object));
      return sorted;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void save(S3Bucket bucket, S3Bucket.Found found, Path file) throws IOException {
    try (InputStream in = bucket.open(found.object(), found.etag(), found.size(), 0)) {
      Arrival.save(in, file, found.size());
    }
  }

  private void charge(long bytes) throws IOException {
    try {
      account.accept(bytes);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private S3Rules.Place allowed(URI location) throws IOException {
    return rules
        .find(location)
        .orElseThrow(() ->
            new AccessDeniedException(
                location.toString(),
                null,
                "the administrator has not given this server such a bucket or prefix to read (twinflow serve --s3)"));
  }

  private S3Bucket bucket(S3Rules.Place place) {
    return buckets.computeIfAbsent(
        new S3Rules.Place(place.site(), place.bucket(), ""),
        key -> new S3Bucket(key.site(), key.bucket()));
  }

  private Path copy(S3Bucket bucket, List<S3Bucket.Found> objects) {
    StringBuilder identity =
        new StringBuilder(bucket.site().endpoint().toString()).append('\n').append(bucket.name());
    for (S3Bucket.Found found : objects) {
      identity.append('\n').append(found.object()).append('\0').append(found.version());
    }
    UUID name = UUID.nameUUIDFromBytes(identity.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve("s3-" + name);
  }

  @Override
  public void close() {
    buckets.values().forEach(S3Bucket::close);
  }
}
