package io.twinflow.engine.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The JDK's client, which goes wherever it is sent.
 *
 * @param client made when it is first needed
 */
public record JdkHttpSource(Supplier<HttpClient> client) implements HttpSource {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  @Override
  public Answer get(URI location, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(location).timeout(ANSWER_WITHIN).GET();
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          client.get().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + location);
    }
  }
}
