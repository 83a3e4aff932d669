package io.twinflow.triggers.source.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/** A bucket of an object store, below a prefix, as the account sees it that may list it. */
public interface Bucket extends AutoCloseable {

  String name();

  /** What the keys begin with; empty for all. */
  String prefix();

  /** As the store calls it. */
  String region();

  /** For people: which bucket where. */
  String place();

  /**
   * All objects, in the order of their keys' bytes; pages are fetched as it is read.
   *
   * @throws java.io.UncheckedIOException while it is read, in words for people
   */
  Stream<ListedObject> list();

  /**
   * MinIO's call {@code ListenBucketNotification}: what happens from now on, a notification in each
   * line, and lines without one while nothing happens. It ends when the connection does.
   */
  InputStream listen() throws IOException;

  /** Whether it is there and may be listed. */
  void check() throws IOException;

  @Override
  void close();
}
