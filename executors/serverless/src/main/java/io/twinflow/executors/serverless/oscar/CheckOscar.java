package io.twinflow.executors.serverless.oscar;

import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.serverless.http.Answers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an administrator should know of an OSCAR cluster. */
record CheckOscar(OscarOptions options, OscarRest rest) {

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      HttpResponse<String> info = rest.call("GET", "/system/info", null);
      if (info.statusCode() == 401 || info.statusCode() == 403) {
        findings.add(
            Finding.problem(
                "OSCAR",
                "%s refused the credentials: %s".formatted(options.endpoint(), Answers.words(info)),
                "see token: of the site, and that the cluster trusts its issuer and virtual organisation"));
        return findings;
      }
      findings.add(version(rest.json("GET /system/info", info)));
      findings.add(services(rest.call("GET", "/system/services", null)));
    } catch (SiteException e) {
      findings.add(
          Finding.problem(
              "OSCAR",
              String.valueOf(e.getMessage()),
              "see endpoint: of the site, and that it runs"));
    }
    return findings;
  }

  private Finding version(JsonNode info) {
    return Finding.good(
        "OSCAR",
        "%s is OSCAR %s on Kubernetes %s"
            .formatted(
                options.endpoint(),
                info.path("version").asString("of an unknown version"),
                info.path("kubernetes_version").asString("of an unknown version")));
  }

  private Finding services(HttpResponse<String> answer) throws SiteException {
    if (answer.statusCode() != 200) {
      return Finding.problem(
          "services",
          rest.said("GET /system/services", answer),
          "let the site's user read and make services");
    }
    int ours = 0;
    int all = 0;
    for (JsonNode service : rest.json("GET /system/services", answer)) {
      all++;
      ours += service.path("labels").has(Definition.INSTALLATION) ? 1 : 0;
    }
    return Finding.good(
        "services", "%d may be seen, of which Twinflow made %d".formatted(all, ours));
  }
}
