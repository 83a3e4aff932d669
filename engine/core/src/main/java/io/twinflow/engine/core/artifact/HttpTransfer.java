package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * One transfer over several connections: resumed where it broke (Range with If-Range, RFC 9110,
 * sections 14.2 and 13.1.5).
 */
final class HttpTransfer {

  private static final int TRIES = 4;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private final HttpClient client;
  private final URI location;
  private final Path part;
  private final Optional<HttpValidator> known;
  private Optional<HttpValidator> validator = Optional.empty();
  private String version = "";
  private boolean unchanged;

  /**
   * @param part to be filled
   * @param known of a copy that need not be sent again
   */
  HttpTransfer(HttpClient client, URI location, Path part, Optional<HttpValidator> known) {
    this.client = client;
    this.location = location;
    this.part = part;
    this.known = known;
  }

  void carryOut() throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        goOn();
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

  /** Whether the server has what is known, and has sent nothing. */
  boolean isUnchanged() {
    return unchanged;
  }

  /** Of what was sent. */
  Optional<HttpValidator> validator() {
    return validator;
  }

  private void goOn() throws IOException {
    long have = Files.size(part);
    boolean resumes = have > 0 && !version.isEmpty();
    HttpRequest.Builder request = HttpRequest.newBuilder(location).timeout(ANSWER_WITHIN).GET();
    if (resumes) {
      request.header("Range", "bytes=" + have + "-").header("If-Range", version);
    } else {
      known.ifPresent(copy -> request.header(copy.header(), copy.value()));
    }
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> {
          validator = HttpValidator.of(response.headers());
          version = strongVersion(response);
          save(body, false);
          check(response, 0);
        }
        case 206 -> {
          save(body, true);
          check(response, have);
        }
        case 304 -> unchanged = true;
        case 404, 410 ->
            throw new NoSuchFileException(
                location.toString(), null, "the server says that there is no such thing");
        default ->
            throw new IOException("the server answered with status " + response.statusCode());
      }
    }
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

  private void check(HttpResponse<InputStream> response, long began) throws IOException {
    long expected = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    long size = Files.size(part);
    if (expected >= 0 && size != began + expected) {
      throw new IOException(
          "got %d bytes where the server announced %d".formatted(size, began + expected));
    }
  }

  private static String strongVersion(HttpResponse<InputStream> response) {
    String tag = response.headers().firstValue("ETag").orElse("");
    return tag.startsWith("\"") ? tag : "";
  }
}
