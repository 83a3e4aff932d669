package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches http and https inputs into a folder: each once, resumed where a transfer broke (Range
 * with If-Range, RFC 9110), complete or not at all.
 */
public final class HttpInputs implements RemoteInputs {

  private static final int TRIES = 4;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final HttpClient client;
  private final Path folder;
  private final Map<URI, Object> locks = new ConcurrentHashMap<>();

  /**
   * @param folder of the run; copies lie in it under names made from their URLs
   */
  public HttpInputs(HttpClient client, Path folder) {
    this.client = client;
    this.folder = folder.toAbsolutePath();
  }

  @Override
  public URI fetch(URI location) throws IOException {
    String scheme = location.getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      throw new IOException(
          "locations of the scheme '%s' cannot be read; use a path, file:, http: or https: instead of %s"
              .formatted(scheme, location));
    }
    String name =
        UUID.nameUUIDFromBytes(location.toString().getBytes(StandardCharsets.UTF_8)).toString();
    Path copy = folder.resolve(name);
    synchronized (locks.computeIfAbsent(location, key -> new Object())) {
      if (!Files.exists(copy)) {
        Files.createDirectories(folder);
        Path part = folder.resolve(name + ".part");
        transfer(location, part);
        Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return URI.create(Locations.of(copy));
  }

  private void transfer(URI location, Path part) throws IOException {
    Files.deleteIfExists(part);
    Transfer transfer = new Transfer(location, part);
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        transfer.goOn();
        return;
      } catch (NoSuchFileException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException(
        "%s could not be fetched in %d tries: %s; check the URL and the network"
            .formatted(location, TRIES, last == null ? "" : last.getMessage()),
        last);
  }

  /** One transfer over several connections. */
  private final class Transfer {
    private final URI location;
    private final Path part;
    private String version = "";

    Transfer(URI location, Path part) {
      this.location = location;
      this.part = part;
    }

    void goOn() throws IOException {
      long have = Files.exists(part) ? Files.size(part) : 0;
      boolean resumes = have > 0 && !version.isEmpty();
      HttpRequest.Builder request = HttpRequest.newBuilder(location).timeout(ANSWER_WITHIN).GET();
      if (resumes) {
        request.header("Range", "bytes=" + have + "-").header("If-Range", version);
      }
      HttpResponse<InputStream> response = send(request.build());
      try (InputStream body = response.body()) {
        switch (response.statusCode()) {
          case 200 -> {
            version = strongVersion(response);
            save(body, false);
          }
          case 206 -> save(body, true);
          case 404, 410 ->
              throw new NoSuchFileException(
                  location.toString(), null, "the server says that there is no such thing");
          default ->
              throw new IOException("the server answered with status " + response.statusCode());
        }
      }
      check(response, have);
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
      try {
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while fetching " + location);
      }
    }

    private void save(InputStream body, boolean append) throws IOException {
      try (OutputStream out =
          append
              ? Files.newOutputStream(part, StandardOpenOption.APPEND)
              : Files.newOutputStream(part)) {
        body.transferTo(out);
      }
    }

    private void check(HttpResponse<InputStream> response, long had) throws IOException {
      long expected = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long size = Files.size(part);
      long began = response.statusCode() == 206 ? had : 0;
      if (expected >= 0 && size != began + expected) {
        throw new IOException(
            "got %d bytes where the server announced %d".formatted(size, began + expected));
      }
    }

    private static String strongVersion(HttpResponse<InputStream> response) {
      String tag = response.headers().firstValue("ETag").orElse("");
      return tag.startsWith("W/") ? "" : tag;
    }
  }
}
