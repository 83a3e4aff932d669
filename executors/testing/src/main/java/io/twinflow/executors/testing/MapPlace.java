package io.twinflow.executors.testing;

import io.twinflow.executors.api.place.ObjectPlace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A place in memory, for tests that need no store: its URLs say what they are for, and nobody
 * answers there. Parts come by {@link #putPart}.
 */
public final class MapPlace implements ObjectPlace {

  private static final String START = "map://";

  private static final class Held {
    private final byte[] content;
    private final Instant modified;

    Held(byte[] content, Instant modified) {
      this.content = content;
      this.modified = modified;
    }

    byte[] content() {
      return content;
    }

    Instant modified() {
      return modified;
    }
  }

  private final Clock clock;
  private final Map<String, Held> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Map<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
  private volatile boolean away;

  public MapPlace() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock says when objects were put
   */
  public MapPlace(Clock clock) {
    this.clock = clock;
  }

  /** As a store is that cannot be reached. */
  public void setAway(boolean gone) {
    away = gone;
  }

  private void reach() throws IOException {
    if (away) {
      throw new IOException("the place in memory is away");
    }
  }

  @Override
  public String words() {
    return "a place in memory";
  }

  @Override
  public URI location(String name) {
    return encoded(name);
  }

  private static URI encoded(String name) {
    try {
      return URI.create(START + new URI(null, null, "/" + name, null).getRawPath().substring(1));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<String> name(URI location) {
    String text = location.toString();
    return text.startsWith(START)
        ? Optional.of(URI.create("x:/" + text.substring(START.length())).getPath().substring(1))
        : Optional.empty();
  }

  @Override
  public Optional<Found> find(String name) throws IOException {
    reach();
    return Optional.ofNullable(objects.get(name)).map(held -> found(name, held));
  }

  private static Found found(String name, Held held) {
    return new Found(name, held.content().length, held.modified());
  }

  @Override
  public List<Found> list(String prefix) throws IOException {
    reach();
    List<Found> found = new ArrayList<>();
    objects.forEach((name, held) -> {
      if (name.startsWith(prefix)) {
        found.add(found(name, held));
      }
    });
    return found;
  }

  @Override
  public Optional<byte[]> get(String name, int limit) throws IOException {
    reach();
    Held held = objects.get(name);
    if (held != null && held.content().length > limit) {
      throw new IOException(name + " is too large");
    }
    return Optional.ofNullable(held).map(h -> h.content().clone());
  }

  @Override
  public InputStream open(Found object, long first) throws IOException {
    byte[] content =
        get(object.name(), Integer.MAX_VALUE)
            .orElseThrow(() -> new NoSuchFileException(object.name()));
    return new ByteArrayInputStream(content, (int) first, content.length - (int) first);
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    reach();
    objects.put(name, new Held(content.clone(), clock.instant()));
  }

  @Override
  public void put(String name, Path file) throws IOException {
    put(name, Files.readAllBytes(file));
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    reach();
    Held there = objects.putIfAbsent(name, new Held(content.clone(), clock.instant()));
    return there == null || Arrays.equals(there.content(), content);
  }

  @Override
  public void copy(String from, String to) throws IOException {
    reach();
    Held there = objects.get(from);
    if (there == null) {
      throw new NoSuchFileException(from);
    }
    objects.put(to, new Held(there.content(), clock.instant()));
  }

  @Override
  public void delete(String name) throws IOException {
    reach();
    objects.remove(name);
  }

  @Override
  public URI toGet(String name, Duration valid) {
    return signed("get", name, "");
  }

  @Override
  public URI toPut(String name, Duration valid) {
    return signed("put", name, "");
  }

  private static URI signed(String method, String name, String more) {
    String path = encoded(name).toString().substring(START.length());
    return URI.create("https://place.example.org/%s?%s%s".formatted(path, method, more));
  }

  @Override
  public String begin(String name) throws IOException {
    reach();
    String upload = "upload-" + uploads.size();
    uploads.put(upload, new ConcurrentSkipListMap<>());
    return upload;
  }

  @Override
  public URI toPutPart(String name, String upload, int part, Duration valid) {
    return signed("put", name, "&%s&%d".formatted(upload, part));
  }

  /** As somebody does who has the part's URL. */
  public void putPart(String upload, int part, byte[] content) {
    Objects.requireNonNull(uploads.get(upload), upload).put(part, content.clone());
  }

  @Override
  public void complete(String name, String upload, List<String> etags, long size)
      throws IOException {
    reach();
    Map<Integer, byte[]> parts = uploads.getOrDefault(upload, Map.of());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts.values()) {
      all.write(part);
    }
    if (parts.size() != etags.size() || all.size() != size) {
      throw new IOException("parts of %s are missing".formatted(name));
    }
    put(name, all.toByteArray());
    uploads.remove(upload);
  }

  @Override
  public void abandon(String prefix) throws IOException {
    reach();
    uploads.clear();
  }
}
