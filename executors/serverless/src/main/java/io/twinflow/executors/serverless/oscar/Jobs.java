package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.SiteException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The jobs of services: OSCAR lists them in pages, and does not say which event they are of. */
record Jobs(OscarRest rest) {

  private static final int MOST_WORDS = 300;

  private static String path(String service) {
    return "/system/logs/" + service;
  }

  /**
   * What OSCAR says of jobs, by name: Pending, Running, Succeeded, Failed or Suspended.
   *
   * @param wanted reading stops when all of them were found
   */
  Map<String, String> states(String service, Set<String> wanted) throws SiteException {
    Map<String, String> states = new HashMap<>();
    String page = "";
    do {
      String path = path(service) + (page.isEmpty() ? "" : "?page=" + encoded(page));
      HttpResponse<String> answer = rest.call("GET", path, null);
      if (answer.statusCode() == 404) {
        return states;
      }
      JsonNode list = rest.json("GET " + path, answer);
      list.path("jobs")
          .forEachEntry((name, job) -> states.put(name, job.path("status").asString("")));
      page = list.path("next_page").asString("");
    } while (!page.isEmpty() && !states.keySet().containsAll(wanted));
    return states;
  }

  /** What a job's container has said; empty if it is gone or has said nothing. */
  String log(String service, String job) throws SiteException {
    String path = path(service) + "/" + encoded(job);
    HttpResponse<String> answer = rest.call("GET", path, null);
    return switch (answer.statusCode()) {
      case 200 -> answer.body();
      case 404 -> "";
      default -> throw rest.refusal("GET " + path, answer);
    };
  }

  /** The last line of that in quotes, for a message; empty like that. */
  String lastWords(String service, String job) throws SiteException {
    String[] lines = log(service, job).strip().split("\n", -1);
    String last = lines[lines.length - 1].strip();
    return last.isEmpty()
        ? ""
        : "'%s'".formatted(last.substring(0, Math.min(MOST_WORDS, last.length())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** With everything that runs in it. One that is not there is deleted. */
  void delete(String service, String job) throws SiteException {
    drop(path(service) + "/" + encoded(job));
  }

  /** Those that have ended well, in one call. */
  void deleteEnded(String service) throws SiteException {
    drop(path(service));
  }

  private void drop(String path) throws SiteException {
    HttpResponse<String> answer = rest.call("DELETE", path, null);
    if (answer.statusCode() / 100 != 2 && answer.statusCode() != 404) {
      throw rest.refusal("DELETE " + path, answer);
    }
  }
}
