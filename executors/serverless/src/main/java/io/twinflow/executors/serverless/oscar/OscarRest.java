package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.serverless.attempts.NoAccess;
import io.twinflow.executors.serverless.http.Answers;
import io.twinflow.executors.serverless.http.SiteHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of OSCAR's manager, with its user's credentials. */
final class OscarRest implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OscarOptions options;
  private final SiteHttp http;

  OscarRest(OscarOptions options) {
    this.options = options;
    this.http = new SiteHttp(options.site());
  }

  /** A call of {@code /system}, which basic authentication may make too. */
  HttpResponse<String> call(String method, String path, @Nullable String body)
      throws SiteException {
    HttpRequest.Builder request = request(method, path, body);
    String used;
    switch (options.access()) {
      case OscarOptions.Access.Basic basic -> {
        used = token(basic.password());
        byte[] pair = (basic.user() + ":" + used).getBytes(StandardCharsets.UTF_8);
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      case OscarOptions.Access.Bearer bearer -> {
        used = token(bearer.tokens());
        request.header("Authorization", "Bearer " + used);
      }
    }
    HttpResponse<String> answer = http.send(request.build(), method.equals("GET"));
    noteRefusal(answer, used);
    return answer;
  }

  /**
   * Starts a job of a service: OSCAR takes no basic authentication here, but the service's own
   * token.
   *
   * @param name for the job; null leaves that to OSCAR
   */
  HttpResponse<String> invoke(
      String service, String serviceToken, String event, @Nullable String name)
      throws SiteException {
    String used =
        switch (options.access()) {
          case OscarOptions.Access.Basic basic -> serviceToken;
          case OscarOptions.Access.Bearer bearer -> token(bearer.tokens());
        };
    HttpRequest.Builder request =
        request("POST", "/job/" + service, event).header("Authorization", "Bearer " + used);
    if (name != null) {
      request.header("X-Delegated-Job-ID", name);
    }
    HttpResponse<String> answer = http.send(request.build(), false);
    noteRefusal(answer, used);
    return answer;
  }

  private HttpRequest.Builder request(String method, String path, @Nullable String body) {
    String base = options.endpoint().toString().replaceFirst("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json");
    return body == null
        ? request.method(method, BodyPublishers.noBody())
        : request
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
  }

  private String token(io.twinflow.executors.api.token.Tokens tokens) throws SiteException {
    try {
      return tokens.token();
    } catch (IOException e) {
      throw NoAccess.because(
          "site %s has no token: %s".formatted(options.site(), e.getMessage()), e);
    }
  }

  private void noteRefusal(HttpResponse<String> answer, String used) {
    if (answer.statusCode() == 401) {
      switch (options.access()) {
        case OscarOptions.Access.Basic basic -> basic.password().refused(used);
        case OscarOptions.Access.Bearer bearer -> bearer.tokens().refused(used);
      }
    }
  }

  /** For an answer that is no success. */
  SiteException refusal(String call, HttpResponse<String> answer) {
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      return NoAccess.because(said(call, answer), null);
    }
    return new SiteException(
        answer.statusCode() < 500 ? Certainty.NOTHING_HAPPENED : Certainty.UNKNOWN,
        FailureKind.INFRASTRUCTURE,
        said(call, answer));
  }

  String said(String call, HttpResponse<String> answer) {
    return "site %s: OSCAR answered %s with %s"
        .formatted(options.site(), call, Answers.words(answer));
  }

  JsonNode json(String call, HttpResponse<String> answer) throws SiteException {
    if (answer.statusCode() != 200) {
      throw refusal(call, answer);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new SiteException(
          Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          said(call, answer) + ", which is no JSON: is this the address of an OSCAR manager?",
          e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
