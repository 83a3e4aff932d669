package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.support.NetworkWords;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of slurmrestd: HTTP with a user's token, answers with a list of errors. */
final class SlurmRest implements AutoCloseable {

  /** slurmrestd answers when slurmctld has; that gives up after its MessageTimeout. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SlurmOptions options;
  private final UserToken tokens;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  SlurmRest(SlurmOptions options) {
    this.options = options;
    this.tokens = new UserToken(options.user(), options.tokens(), Clock.systemUTC());
  }

  /** Whose jobs they are. */
  String user() {
    return options.user();
  }

  String site() {
    return options.site();
  }

  JsonNode get(String path) throws SiteException {
    return send(path, "GET", null);
  }

  /** The answer may have errors: a job may have been taken all the same. */
  JsonNode post(String path, JsonNode body) throws SiteException {
    return send(path, "POST", body);
  }

  void delete(String path) throws SiteException {
    send(path, "DELETE", null);
  }

  void delete(String path, JsonNode body) throws SiteException {
    send(path, "DELETE", body);
  }

  private JsonNode send(String path, String method, @Nullable JsonNode body) throws SiteException {
    String token = token();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(options.rest().resolve(path))
            .timeout(PATIENCE)
            .header("X-SLURM-USER-NAME", options.user())
            .header("X-SLURM-USER-TOKEN", token)
            .header("Accept", "application/json");
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    boolean reads = method.equals("GET");
    try {
      return answer(
          method + " " + path,
          http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)),
          reads,
          token);
    } catch (ConnectException e) {
      throw nothing("does not answer at %s: %s".formatted(options.rest(), NetworkWords.of(e)), e);
    } catch (IOException e) {
      throw new SiteException(
          reads ? Certainty.NOTHING_HAPPENED : Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "site %s: %s %s was not answered: %s"
              .formatted(options.site(), method, path, NetworkWords.of(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SiteException(
          reads ? Certainty.NOTHING_HAPPENED : Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "site %s: %s %s was broken off".formatted(options.site(), method, path),
          e);
    }
  }

  private String token() throws SiteException {
    try {
      return tokens.token();
    } catch (IOException e) {
      throw nothing(
          "has no token for user %s: %s; see token: of the site"
              .formatted(options.user(), e.getMessage()),
          e);
    }
  }

  private SiteException nothing(String words, Exception cause) {
    return new SiteException(
        Certainty.NOTHING_HAPPENED,
        FailureKind.INFRASTRUCTURE,
        "site %s %s".formatted(options.site(), words),
        cause);
  }

  private JsonNode answer(String call, HttpResponse<String> response, boolean reads, String token)
      throws SiteException {
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      tokens.refused(token);
      throw new TokenRefused(options.site(), options.user(), response.body().strip()).exception();
    }
    JsonNode json;
    try {
      json = JSON.readTree(response.body());
    } catch (JacksonException e) {
      throw new SiteException(
          reads ? Certainty.NOTHING_HAPPENED : Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "site %s: %s was answered with HTTP %d and no JSON: %s"
              .formatted(options.site(), call, response.statusCode(), shortened(response.body())),
          e);
    }
    JsonNode errors = json.path("errors");
    if (!errors.isEmpty()) {
      SlurmError error = SlurmError.of(errors.get(0));
      if (error.isLost()) {
        tokens.perhapsRefused(token);
      }
      if (error.isLost() || !call.startsWith("POST ")) {
        throw refusal(call, error, reads);
      }
      return json;
    }
    if (response.statusCode() >= 400) {
      throw new SiteException(
          reads ? Certainty.NOTHING_HAPPENED : Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "site %s: %s was answered with HTTP %d: %s"
              .formatted(options.site(), call, response.statusCode(), shortened(response.body())));
    }
    return json;
  }

  /** In Slurm's own words. */
  SiteException refusal(String call, SlurmError error, boolean reads) {
    return new SiteException(
        error.isLost() && !reads ? Certainty.UNKNOWN : Certainty.NOTHING_HAPPENED,
        error.isLost() || reads ? FailureKind.INFRASTRUCTURE : error.kind(),
        "site %s: Slurm refused %s: %s (error %d)%s"
            .formatted(
                options.site(),
                call,
                error.words(),
                error.number(),
                error.isLost() ? tokens.advice() : ""));
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }

  @Override
  public void close() {
    http.close();
  }

  /** Nothing has failed: the work waits for another token. */
  private record TokenRefused(String site, String user, String words) {

    SiteException exception() {
      return new SiteException(
          Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "site %s refused the token of user %s (%s): expected one that is still valid; see where it comes from"
              .formatted(site, user, words.isEmpty() ? "no reason given" : words));
    }
  }
}
