package io.twinflow.executors.serverless.http;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.support.NetworkWords;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls of one site. Safe for many threads. */
public final class SiteHttp implements AutoCloseable {

  /** Of an answer; more is an error. */
  private static final long LARGEST_ANSWER = 64L << 20;

  private final String site;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public SiteHttp(String site) {
    this.site = site;
  }

  /**
   * @param harmless may be made again whatever happened to it
   * @throws SiteException if there was no answer
   */
  public HttpResponse<String> send(HttpRequest request, boolean harmless) throws SiteException {
    try {
      return http.send(
          request,
          BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER));
    } catch (ConnectException e) {
      throw lost(request, true, "does not answer: " + NetworkWords.of(e), e);
    } catch (HttpTimeoutException e) {
      throw lost(request, harmless, "did not answer in time", e);
    } catch (IOException e) {
      throw lost(request, harmless, "broke the call off: " + NetworkWords.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost(request, harmless, "was not waited for", e);
    }
  }

  private SiteException lost(
      HttpRequest request, boolean nothingHappened, String words, Exception cause) {
    return new SiteException(
        nothingHappened ? Certainty.NOTHING_HAPPENED : Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        "site %s: %s %s".formatted(site, request.uri(), words),
        cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
