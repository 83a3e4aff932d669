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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions that run what lies in a folder: the event names it, and the function runs one command.
 * docs/functions.md is the contract with their authors.
 */
final class Functions implements Platform {

  static final String TYPE = "io.twinflow.attempt.v1";

  /** For a function that is the tool itself. */
  static final String TYPE_OF_VALUES = "io.twinflow.task.v1";

  /** For the answer of a function that takes the attempt and runs it later. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  private final FunctionOptions options;
  private final Ground ground;
  private final Optional<Callback> callback;
  private final SiteHttp http;
  private final Clock clock = Clock.systemUTC();

  Functions(FunctionOptions options, Ground ground, Optional<Callback> callback) {
    this.options = options;
    this.ground = ground;
    this.callback = callback;
    this.http = new SiteHttp(options.site());
  }

  @Override
  public String target(TaskSpec task) throws AttemptFailure {
    if (isTool()) {
      Values.check(options.site(), task);
    }
    return new Directory(options).find(task).toString();
  }

  @Override
  public List<String> arguments(TaskSpec task) {
    return isTool() ? task.command() : List.of();
  }

  private boolean isTool() {
    return options.answering() == Answering.WITH_VALUES;
  }

  @Override
  public Sent send(Attempt attempt) throws SiteException {
    URI function = URI.create(attempt.call().target());
    CloudEvent event =
        new CloudEvent(
            attempt.key().value(),
            "/twinflow/%s/%s".formatted(attempt.key().installation(), attempt.key().run()),
            isTool() ? TYPE_OF_VALUES : TYPE,
            isTool() ? values(attempt) : data(attempt));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(function)
            .timeout(waits() ? options.limits().endWithin() : AT_ONCE)
            .header("Idempotency-Key", attempt.key().value());
    String token = token();
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    Sent sent =
        judge(function, token, http.send(event.put(request, options.mode()).build(), false));
    if (isTool() && sent instanceof Sent.Taken) {
      claim(attempt);
    }
    return sent;
  }

  private boolean waits() {
    return options.answering() == Answering.WHEN_OVER;
  }

  /** No command does it: from now on it runs. */
  private void claim(Attempt attempt) throws SiteException {
    try {
      ground.claim(attempt.key());
    } catch (IOException e) {
      throw new SiteException(
          Certainty.UNKNOWN,
          FailureKind.INFRASTRUCTURE,
          "site %s has %s, and that cannot be written down: %s"
              .formatted(options.site(), attempt.key(), e.getMessage()),
          e);
    }
  }

  private ObjectNode values(Attempt attempt) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode arguments = data.putArray("arguments");
    attempt.call().arguments().forEach(arguments::add);
    callback.ifPresent(c -> c.offer(attempt.key(), data));
    return data;
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
    data.put("wait", waits());
    callback.ifPresent(c -> c.offer(attempt.key(), data));
    return data;
  }

  private String token() throws SiteException {
    try {
      return options.tokens().isPresent() ? options.tokens().get().token() : "";
    } catch (IOException e) {
      throw NoAccess.because(
          "site %s has no token: %s".formatted(options.site(), e.getMessage()), e);
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
                  + (isTool()
                      ? ", and told no values; expected 202, and later a callback, see docs/functions.md"
                      : ", and left no result; expected a function that runs the event's command, see docs/functions.md"));
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
    List<Finding> findings = new ArrayList<>(new CheckFunctions(options, http).findings());
    callback.map(Callback::finding).ifPresent(findings::add);
    return findings;
  }

  /** Of sites that name functions by the images that they run. */
  @Override
  public Optional<String> containers() {
    return Directory.hasImages(options) ? Optional.of("functions") : Optional.empty();
  }

  @Override
  public void close() {
    callback.ifPresent(Callback::close);
    http.close();
  }
}
