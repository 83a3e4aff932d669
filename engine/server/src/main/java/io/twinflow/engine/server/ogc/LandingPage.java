package io.twinflow.engine.server.ogc;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where a client begins: the landing page, what is conformed to, and the API's description. */
@RestController
class LandingPage {

  private static final String CORE = "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/";
  private static final String DEPLOY = "http://www.opengis.net/spec/ogcapi-processes-2/1.0/conf/";
  private static final String REL = "http://www.opengis.net/def/rel/ogc/1.0/";
  private static final String OPENAPI = "application/vnd.oai.openapi+json;version=3.0";

  private final Pages pages;
  private final JsonMapper json;

  LandingPage(Pages pages, JsonMapper json) {
    this.pages = pages;
    this.json = json;
  }

  record Landing(String title, String description, List<Link> links) {}

  record Conformance(List<String> conformsTo) {}

  @GetMapping({OgcErrors.BASE, OgcErrors.BASE + "/"})
  ResponseEntity<String> landing(HttpServletRequest request) {
    Base base = Base.ofRequest();
    return pages.answer(
        request,
        "Twinflow",
        new Landing(
            "Twinflow",
            "Processes are workflows in CWL; jobs are their runs.",
            List.of(
                Link.json(base.url(), "self", "This page as JSON"),
                Link.html(base.url(), "alternate", "This page for people"),
                new Link(base.to("/api"), "service-desc", OPENAPI, "The description of the API"),
                Link.html(base.to("/api"), "service-doc", "The API for people"),
                Link.json(base.to("/conformance"), "conformance", "What is conformed to"),
                Link.json(base.to("/conformance"), REL + "conformance", "What is conformed to"),
                Link.json(base.to("/processes"), REL + "processes", "The processes"),
                Link.json(base.to("/jobs"), REL + "job-list", "The jobs"))));
  }

  @GetMapping(OgcErrors.BASE + "/conformance")
  ResponseEntity<String> conformance(HttpServletRequest request) {
    return pages.answer(
        request,
        "Conformance",
        new Conformance(
            List.of(
                CORE + "core",
                CORE + "json",
                CORE + "html",
                CORE + "oas30",
                CORE + "ogc-process-description",
                CORE + "job-list",
                CORE + "callback",
                CORE + "dismiss",
                DEPLOY + "deploy-replace-undeploy",
                DEPLOY + "dru",
                DEPLOY + "ogcapppkg",
                DEPLOY + "cwl")));
  }

  @GetMapping(OgcErrors.BASE + "/api")
  ResponseEntity<String> api(HttpServletRequest request) throws IOException {
    ObjectNode api;
    try (InputStream in =
        Objects.requireNonNull(LandingPage.class.getResourceAsStream("openapi.json"))) {
      api = (ObjectNode) json.readTree(in);
    }
    api.putArray("servers").addObject().put("url", Base.ofRequest().url());
    ResponseEntity<String> answer = pages.answer(request, "API", api);
    return Pages.wantsHtml(request)
        ? answer
        : ResponseEntity.ok().contentType(MediaType.parseMediaType(OPENAPI)).body(answer.getBody());
  }
}
