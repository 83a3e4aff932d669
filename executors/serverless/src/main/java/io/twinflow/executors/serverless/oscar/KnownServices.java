package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.serverless.attempts.Sent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Sees to it that OSCAR has a service before it is called; asks once for each. */
final class KnownServices {

  private static final String SERVICES = "/system/services";

  /** Of a service's token; what basic authentication calls it with. */
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  private final OscarRest rest;

  KnownServices(OscarRest rest) {
    this.rest = rest;
  }

  /** What OSCAR made of it: the token, or why there is none. */
  sealed interface Made {
    record Ready(String token) implements Made {}

    record Not(Sent why) implements Made {}
  }

  Made ensure(Definition definition) throws SiteException {
    String known = tokens.get(definition.name());
    if (known != null) {
      return new Made.Ready(known);
    }
    // Many attempts of one service begin together: one of them makes it.
    synchronized (this) {
      String made = tokens.get(definition.name());
      return made == null ? make(definition) : new Made.Ready(made);
    }
  }

  /** OSCAR, or somebody who cleans up there, has lost it. */
  void lost(String name) {
    tokens.remove(name);
  }

  private Made make(Definition definition) throws SiteException {
    Optional<JsonNode> there = read(definition.name());
    if (there.isEmpty() || !definition.isSame(there.get())) {
      String method = there.isEmpty() ? "POST" : "PUT";
      HttpResponse<String> answer = rest.call(method, SERVICES, definition.toString());
      if (answer.statusCode() / 100 != 2) {
        return new Made.Not(judge(method, answer));
      }
      there = read(definition.name());
    }
    if (there.isEmpty()) {
      return new Made.Not(
          new Sent.Later(
              Duration.ZERO,
              "OSCAR has not got service %s yet".formatted(definition.name()),
              false));
    }
    String token = there.get().path("token").asString("");
    tokens.put(definition.name(), token);
    return new Made.Ready(token);
  }

  private Sent judge(String method, HttpResponse<String> answer) throws SiteException {
    String said = rest.said(method + " " + SERVICES, answer);
    return switch (answer.statusCode()) {
      case 401 -> new Sent.Later(Duration.ZERO, said + "; see token: of the site", true);
      // Another engine was faster.
      case 409 -> new Sent.Later(Duration.ZERO, said, false);
      case 400 ->
          answer.body().contains("already exists")
              ? new Sent.Later(Duration.ZERO, said, false)
              : new Sent.Refused(
                  isOfResources(answer.body()) ? FailureKind.RESOURCES : FailureKind.USER, said);
      case 403 -> new Sent.Refused(FailureKind.RESOURCES, said);
      default -> throw rest.refusal(method + " " + SERVICES, answer);
    };
  }

  private static boolean isOfResources(String words) {
    return words.contains("NOT admitted") || words.toLowerCase(Locale.ROOT).contains("quota");
  }

  private Optional<JsonNode> read(String name) throws SiteException {
    String path = SERVICES + "/" + name;
    HttpResponse<String> answer = rest.call("GET", path, null);
    return answer.statusCode() == 404
        ? Optional.empty()
        : Optional.of(rest.json("GET " + path, answer));
  }

  /** One that is not there is deleted. */
  void delete(String name) throws SiteException {
    tokens.remove(name);
    HttpResponse<String> answer = rest.call("DELETE", SERVICES + "/" + name, null);
    if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
      throw rest.refusal("DELETE " + SERVICES + "/" + name, answer);
    }
  }
}
