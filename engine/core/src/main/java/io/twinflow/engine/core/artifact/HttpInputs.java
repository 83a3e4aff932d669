package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches http and https inputs into a folder, complete or not at all. A copy is taken again as
 * long as the server says that it is what it has (ETag or Last-Modified, RFC 9110, section 13);
 * without a word of the server about that it is fetched anew. A copy that was given out never
 * changes: other content is another copy.
 */
public final class HttpInputs implements RemoteInputs {

  private final HttpSource source;
  private final HttpCopies copies;
  private final Map<URI, Object> locks = new ConcurrentHashMap<>();
  private final Map<URI, Path> known = new ConcurrentHashMap<>();

  /**
   * @param folder of the copies; several engines may share it
   */
  public HttpInputs(HttpSource source, Path folder) {
    this.source = source;
    this.copies = new HttpCopies(folder.toAbsolutePath());
  }

  @Override
  public URI fetch(URI location) throws IOException {
    String scheme = location.getScheme();
    if (!"http".equals(scheme) && !"https".equals(scheme)) {
      throw new IOException(
          "locations of the scheme '%s' cannot be read; use a path, file:, http: or https: instead of %s"
              .formatted(scheme, location));
    }
    synchronized (locks.computeIfAbsent(location, key -> new Object())) {
      Path copy = known.get(location);
      if (copy == null || !Files.exists(copy)) {
        copy = upToDate(location);
        known.put(location, copy);
      }
      return URI.create(Locations.of(copy));
    }
  }

  @Override
  public void askAgain() {
    known.clear();
  }

  private Path upToDate(URI location) throws IOException {
    Optional<HttpCopies.Copy> latest = copies.latest(location);
    Path part = copies.newPart(location);
    try {
      HttpTransfer transfer =
          new HttpTransfer(source, location, part, latest.flatMap(HttpCopies.Copy::validator));
      transfer.carryOut();
      return latest.isPresent() && transfer.isUnchanged()
          ? latest.get().file()
          : copies.keep(location, part, transfer.validator(), latest);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
