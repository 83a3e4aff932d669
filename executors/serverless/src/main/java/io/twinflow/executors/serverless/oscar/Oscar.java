package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.SiteException.Certainty;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.bundle.AttemptFailure;
import io.twinflow.executors.serverless.attempts.Attempt;
import io.twinflow.executors.serverless.attempts.Ground;
import io.twinflow.executors.serverless.attempts.Platform;
import io.twinflow.executors.serverless.attempts.Sent;
import io.twinflow.executors.serverless.http.Answers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OSCAR as far as attempts need it. A call that starts a job is answered without the job's name, so
 * the event carries the attempt's, and the job writes its own into the attempt's folder.
 */
final class Oscar implements Platform {

  private final OscarOptions options;
  private final Ground ground;
  private final OscarRest rest;
  private final KnownServices services;
  private final Jobs jobs;
  private final JobStates states;
  private final Tidy tidy;
  private final Clock clock = Clock.systemUTC();

  Oscar(OscarOptions options, Ground ground, Uses uses) {
    this.options = options;
    this.ground = ground;
    this.rest = new OscarRest(options);
    this.services = new KnownServices(rest);
    this.jobs = new Jobs(rest);
    this.states = new JobStates(jobs, ground, options.ownJobNames(), options.limits().poll());
    this.tidy = new Tidy(services, jobs, uses, options.keep());
  }

  @Override
  public String target(TaskSpec task) throws AttemptFailure {
    return Definition.of(task, options, ground.script()).toString();
  }

  @Override
  public Sent send(Attempt attempt) throws SiteException {
    Definition definition = Definition.parse(attempt.call().target());
    tidy.begin(definition.name(), attempt.key());
    return switch (services.ensure(definition)) {
      case KnownServices.Made.Not not -> not.why();
      case KnownServices.Made.Ready ready -> invoke(definition.name(), ready.token(), attempt);
    };
  }

  private Sent invoke(String service, String token, Attempt attempt) throws SiteException {
    HttpResponse<String> answer =
        rest.invoke(
            service,
            token,
            event(attempt).toString(),
            options.ownJobNames() ? attempt.key().value() : null);
    String said = rest.said("POST /job/" + service, answer);
    return switch (answer.statusCode()) {
      case 200, 201, 202 -> new Sent.Taken();
      case 401, 403 -> {
        services.lost(service);
        yield new Sent.Later(java.time.Duration.ZERO, said + "; see token: of the site", true);
      }
      case 404 -> {
        services.lost(service);
        yield new Sent.Later(java.time.Duration.ZERO, said, false);
      }
      case 429, 503 -> new Sent.Later(Answers.retryAfter(answer, clock.instant()), said, false);
      case 400 -> new Sent.Refused(FailureKind.USER, said);
      default -> {
        if (options.ownJobNames() && answer.body().contains("already exists")) {
          yield new Sent.Taken();
        }
        throw new SiteException(Certainty.UNKNOWN, FailureKind.INFRASTRUCTURE, said);
      }
    };
  }

  /**
   * OSCAR's containers pass it on as {@code echo $EVENT}: it has no blanks and nothing to expand.
   */
  private ObjectNode event(Attempt attempt) {
    StringBuilder variables = new StringBuilder();
    ground
        .environment(attempt)
        .forEach((name, value) -> variables.append(name).append('=').append(value).append('\n'));
    if (attempt.call().inImage()) {
      // The bundle then leaves the image's own environment to the tool.
      variables.append("TWINFLOW_BUNDLE=1\n");
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("attempt", attempt.key().value());
    event.put(
        "environment",
        Base64.getEncoder().encodeToString(variables.toString().getBytes(StandardCharsets.UTF_8)));
    return event;
  }

  private static String service(Attempt attempt) {
    return Definition.parse(attempt.call().target()).name();
  }

  @Override
  public Map<Attempt, String> over(Collection<Attempt> attempts) throws SiteException {
    return states.over(attempts, Oscar::service, clock.instant());
  }

  @Override
  public boolean knowsEnds() {
    return true;
  }

  /** OSCAR does not say which job is this attempt's, nor why a pod does not start. */
  @Override
  public String whyNotStarted(Attempt attempt) throws SiteException {
    Definition definition = Definition.parse(attempt.call().target());
    Map<String, String> all = jobs.states(definition.name(), Set.of(""));
    Map<String, Long> counts =
        all.values().stream()
            .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
    return "OSCAR counts the jobs of service %s (image %s) as %s; see its pods' events for why those that are Pending do not start%s"
        .formatted(
            definition.name(),
            definition.json().path("image").asString(),
            counts,
            lastWords(definition.name(), all));
  }

  /** Of a job that failed: the jobs of a service have the same image. */
  private String lastWords(String service, Map<String, String> all) throws SiteException {
    for (Map.Entry<String, String> job : all.entrySet()) {
      if (job.getValue().equals("Failed")) {
        String words = jobs.lastWords(service, job.getKey());
        if (!words.isEmpty()) {
          return "; job %s said %s".formatted(job.getKey(), words);
        }
      }
    }
    return "";
  }

  @Override
  public String said(Attempt attempt) throws SiteException {
    StringBuilder said = new StringBuilder();
    for (String job : states.names(attempt)) {
      said.append(jobs.log(service(attempt), job));
    }
    return said.toString();
  }

  @Override
  public void stop(Attempt attempt) throws SiteException {
    for (String job : states.names(attempt)) {
      jobs.delete(service(attempt), job);
    }
  }

  @Override
  public void forget(AttemptKey attempt) throws SiteException {
    tidy.end(attempt, clock.instant());
  }

  @Override
  public List<Finding> check() {
    return new CheckOscar(options, rest).findings();
  }

  @Override
  public Optional<String> containers() {
    return Optional.of("OSCAR");
  }

  @Override
  public void close() {
    rest.close();
  }
}
