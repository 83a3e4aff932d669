package io.twinflow.executors.serverless.functions;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.serverless.http.Answers;
import io.twinflow.executors.serverless.http.SiteHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What an administrator should know of a site's functions: no attempt is run for it. */
record CheckFunctions(FunctionOptions options, SiteHttp http) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(options.functions()).forEach((name, at) -> findings.add(look(name, at)));
    return findings;
  }

  /** Any answer but a refusal shows that somebody is there: a function may know no GET. */
  private Finding look(String name, URI at) {
    String about = "function " + name;
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(PATIENCE).GET();
      if (options.tokens().isPresent()) {
        request.header("Authorization", "Bearer " + options.tokens().get().token());
      }
      HttpResponse<String> answer = http.send(request.build(), true);
      return switch (answer.statusCode()) {
        case 401, 403 ->
            Finding.problem(
                about,
                "%s refused the call: %s".formatted(at, Answers.words(answer)),
                "give the site a token: that may invoke the function");
        case 502, 503, 504 ->
            Finding.problem(
                about,
                "%s cannot be reached behind its gateway: %s".formatted(at, Answers.words(answer)),
                "see that the function is deployed and starts");
        default -> Finding.good(about, "%s answers (HTTP %d)".formatted(at, answer.statusCode()));
      };
    } catch (IOException | SiteException e) {
      return Finding.problem(
          about,
          String.valueOf(e.getMessage()),
          "see functions: of the site, and that it is deployed");
    }
  }
}
