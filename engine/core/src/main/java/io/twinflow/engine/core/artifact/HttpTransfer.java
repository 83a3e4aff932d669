package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * One transfer over several connections: resumed where it broke (Range with If-Range, RFC 9110,
 * sections 14.2 and 13.1.5).
 */
final class HttpTransfer {

  private static final int TRIES = 4;

  private final HttpSource source;
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
  HttpTransfer(HttpSource source, URI location, Path part, Optional<HttpValidator> known) {
    this.source = source;
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
      } catch (NoSuchFileException | AccessDeniedException | InterruptedIOException e) {
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
    Map<String, String> conditions =
        resumes
            ? Map.of("Range", "bytes=" + have + "-", "If-Range", version)
            : known.map(copy -> Map.of(copy.header(), copy.value())).orElse(Map.of());
    HttpSource.Answer answer = source.get(location, conditions);
    try (InputStream body = answer.body()) {
      switch (answer.status()) {
        case 200 -> {
          validator = HttpValidator.of(answer.headers());
          version = strongVersion(answer.headers());
          save(body, false);
          check(answer.headers(), 0);
        }
        case 206 -> {
          save(body, true);
          check(answer.headers(), have);
        }
        case 304 -> unchanged = true;
        case 404, 410 ->
            throw new NoSuchFileException(
                location.toString(), null, "the server says that there is no such thing");
        default -> throw new IOException("the server answered with status " + answer.status());
      }
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

  private void check(HttpHeaders headers, long began) throws IOException {
    long expected = headers.firstValueAsLong("Content-Length").orElse(-1);
    long size = Files.size(part);
    if (expected >= 0 && size != began + expected) {
      throw new IOException(
          "got %d bytes where the server announced %d".formatted(size, began + expected));
    }
  }

  private static String strongVersion(HttpHeaders headers) {
    String tag = headers.firstValue("ETag").orElse("");
    return tag.startsWith("\"") ? tag : "";
  }
}
