package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.serverless.attempts.Attempt;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.NoAccess;
import io.twinflow.executors.serverless.attempts.Platform;
import io.twinflow.executors.serverless.attempts.Sent;
import io.twinflow.executors.serverless.http.Answers;
import io.twinflow.executors.serverless.http.SiteHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions that run what lies in a folder: the event names it, and the function runs one command.
 * docs/functions.md is the contract with their authors.
 */
final class Functions implements Platform {

  static final String TYPE = "io.twinflow.attempt.v1";

  /** For the answer of a function that takes the attempt and runs it later. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  private final FunctionOptions options;
  private final Ground ground;
  private final SiteHttp http;
  private final Clock clock = Clock.systemUTC();

  Functions(FunctionOptions options, Ground ground) {
    this.options = options;
    this.ground = ground;
    this.http = new SiteHttp(options.site());
  }

  @Override
  public String target(TaskSpec task) throws AttemptFailure {
    return new Directory(options).find(task).toString();
  }

  @Override
  public Sent send(Attempt attempt) throws SiteException {
    URI function = URI.create(attempt.call().target());
    CloudEvent event =
        new CloudEvent(
            attempt.key().value(),
            "/twinflow/%s/%s".formatted(attempt.key().installation(), attempt.key().run()),
            TYPE,
            data(attempt));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(function)
            .timeout(options.waits() ? options.limits().endWithin() : AT_ONCE)
            .header("Idempotency-Key", attempt.key().value());
    String token = token();
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return judge(function, token, http.send(event.put(request, options.mode()).build(), false));
  }

  private ObjectNode data(Attempt attempt) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putArray("command").add("sh").add("-c").add(ground.script()).add("twinflow");
    ObjectNode environment = data.putObject("environment");
    ground.environment(attempt).forEach(environment::put);
    if (attempt.call().inImage()) {
      // The bundle then leaves the image's own environment to the tool.
      environment.put("TWINFLOW_BUNDLE", "1");
    }
    data.put("wait", options.waits());
    return data;
  }

  private String token() throws SiteException {
    try {
      return options.tokens().isPresent() ? options.tokens().get().token() : "";
    } catch (IOException e) {
      throw NoAccess.because(
          "site %s: there is no token: %s".formatted(options.site(), e.getMessage()), e);
    }
  }

  private Sent judge(URI function, String token, HttpResponse<String> answer) throws SiteException {
    String said =
        "site %s: function %s answered %s"
            .formatted(options.site(), function, Answers.words(answer));
    return switch (answer.statusCode()) {
      case 200, 204 ->
          new Sent.Over(
              said
                  + ", and left no result; expected a function that runs the event's command, see docs/functions.md");
      case 202, 409 -> new Sent.Taken();
      case 401, 403 -> {
        options.tokens().ifPresent(tokens -> tokens.refused(token));
        yield new Sent.Later(Duration.ZERO, said + "; see token: of the site", true);
      }
      case 429, 503 -> new Sent.Later(Answers.retryAfter(answer, clock.instant()), said, false);
      case 400, 404, 405, 410, 413, 415, 422, 501 ->
          new Sent.Refused(FailureKind.USER, said + "; see functions: of the site");
      default -> throw new SiteException(Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, said);
    };
  }

  @Override
  public List<Finding> check() {
    return new CheckFunctions(options, http).findings();
  }

  @Override
  public void close() {
    http.close();
  }
}
