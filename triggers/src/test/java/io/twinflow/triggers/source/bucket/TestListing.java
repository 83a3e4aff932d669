package io.twinflow.triggers.source.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bucket that holds what a test says. */
public final class TestListing implements Bucket {

  private final List<ListedObject> objects = new ArrayList<>();
  private @Nullable String trouble;
  private int listings;

  public synchronized void put(String key, String etag, Instant modified) {
    objects.removeIf(object -> object.key().equals(key));
    objects.add(new ListedObject(key, 1, modified, etag));
  }

  public synchronized void remove(String key) {
    objects.removeIf(object -> object.key().equals(key));
  }

  synchronized void breakOff(@Nullable String why) {
    trouble = why;
  }

  synchronized int listings() {
    return listings;
  }

  /** As they were put, so that a test can put them in a wrong order. */
  @Override
  public synchronized Stream<ListedObject> list() {
    listings++;
    String why = trouble;
    Stream<ListedObject> all = List.copyOf(objects).stream();
    return why == null
        ? all
        : Stream.concat(
            all,
            Stream.generate(() -> {
              throw new UncheckedIOException(new IOException(why));
            }));
  }

  @Override
  public String name() {
    return "scenes";
  }

  @Override
  public String prefix() {
    return "";
  }

  @Override
  public String region() {
    return "here";
  }

  @Override
  public String place() {
    return "bucket 'scenes' at http://test";
  }

  @Override
  public InputStream listen() {
    throw new AssertionError("nobody listens");
  }

  @Override
  public void check() throws IOException {
    if (trouble != null) {
      throw new IOException(trouble);
    }
  }

  @Override
  public void close() {}
}
