package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;

/** Sends one GET; follows redirects. A server gives one that refuses places it does not trust. */
@FunctionalInterface
public interface HttpSource {

  /**
   * @throws java.nio.file.AccessDeniedException if the place is refused; no use in asking again
   * @throws IOException if there was no answer
   */
  Answer get(URI location, Map<String, String> headers) throws IOException;

  /**
   * @param body closed by the caller
   */
  record Answer(int status, HttpHeaders headers, InputStream body) {}
}
