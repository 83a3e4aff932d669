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
