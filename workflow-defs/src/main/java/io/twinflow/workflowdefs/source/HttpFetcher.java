package io.twinflow.workflowdefs.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads documents over http and https, within 30 seconds. */
final class HttpFetcher implements SourceFetcher {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public byte[] fetch(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(LIMIT)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(iri)).timeout(LIMIT).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw problem(display, "the server answered " + response.statusCode() + ".");
        }
        byte[] bytes = body.readNBytes((int) limits.maxBytes() + 1);
        if (bytes.length > limits.maxBytes()) {
          throw NodeReader.tooLarge(display, limits);
        }
        return bytes;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw problem(display, "cannot be fetched: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(display, "fetching was interrupted.");
    }
  }

  private static InvalidDefinitionException problem(String display, String message) {
    return new InvalidDefinitionException(Problem.error(Position.startOf(display), message));
  }
}
