package io.twinflow.workflowdefs.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads documents over http and https; the time limit holds for the whole answer. */
final class HttpFetcher implements SourceFetcher {

  private final Duration limit;

  HttpFetcher(Duration limit) {
    this.limit = limit;
  }

  @Override
  public byte[] fetch(String iri, String display, ReadLimits limits)
      throws InvalidDefinitionException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(limit)
            .build();
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(iri)).build();
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(
              request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.maxBytes()));
      HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw problem(display, "the server answered " + response.statusCode() + ".");
      }
      return response.body();
    } catch (IllegalArgumentException e) {
      throw problem(display, "is no URL: " + e.getMessage() + ".");
    } catch (TimeoutException e) {
      throw problem(
          display, "the server did not answer in full within " + limit.toSeconds() + " s.");
    } catch (ExecutionException e) {
      throw problem(display, "cannot be fetched: " + reason(e.getCause(), limits) + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw problem(display, "fetching was interrupted.");
    } finally {
      client.shutdownNow();
    }
  }

  private static String reason(@Nullable Throwable cause, ReadLimits limits) {
    if (cause instanceof java.net.ConnectException) {
      return "the server does not answer";
    }
    String message = cause == null ? "unknown reason" : String.valueOf(cause.getMessage());
    return message.contains("capacity")
        ? "it is larger than the bound of " + limits.maxBytes() + " bytes"
        : message;
  }

  private static InvalidDefinitionException problem(String display, String message) {
    return new InvalidDefinitionException(Problem.error(Position.startOf(display), message));
  }
}
