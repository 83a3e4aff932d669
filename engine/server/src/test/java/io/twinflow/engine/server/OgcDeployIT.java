package io.twinflow.engine.server;

import static io.twinflow.engine.server.OgcService.CORE_ERRORS;
import static io.twinflow.engine.server.OgcService.ECHO;
import static io.twinflow.engine.server.OgcService.ERRORS;
import static io.twinflow.engine.server.OgcService.assertException;
import static io.twinflow.engine.server.OgcService.body;
import static io.twinflow.engine.server.OgcService.header;
import static io.twinflow.engine.server.OgcService.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deploying, replacing and undeploying processes. Part 2. */
@ExtendWith(OgcService.Shared.class)
final class OgcDeployIT {

  private final OgcService ogc;

  OgcDeployIT(OgcService ogc) {
    this.ogc = ogc;
  }

  @Test
  void processesAreDeployedReplacedAndUndeployed() throws Exception {
    String dru = ERRORS + "ogcapi-processes-2/1.0/";
    assertException(ogc.deploy("application/cwl+json", ECHO), 409, dru + "duplicated-process");
    assertException(ogc.deploy("text/csv", "a"), 415, dru + "unsupported-media-type");
    String unit =
        """
        {"processDescription": {"process": {"id": "said", "title": "Say it", "version": "7"}},
         "executionUnit": {"value": %s, "mediaType": "application/cwl+json"}}
        """
            .formatted(ECHO);
    HttpResponse<String> deployed = ogc.deploy("application/ogcapppkg+json", unit);
    assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
    String process = path(header(deployed, "Location"));
    assertThat(process).isEqualTo("/ogc/processes/said");
    assertThat(body(deployed).get("title").asString()).isEqualTo("Say it");
    assertThat(body(deployed).get("version").asString()).isEqualTo("7");
    assertThat(ogc.get(process + "/package").body()).isEqualTo(unit);
    String other = ECHO.replace("$({text: inputs.text})", "$({text: 'replaced'})");
    assertThat(ogc.send("PUT", process, "application/cwl", other).statusCode()).isEqualTo(200);
    assertThat(ogc.execute("said", "{\"inputs\": {\"text\": \"a\"}}").body()).isEqualTo("replaced");
    assertThat(ogc.send("DELETE", process, "text/plain", "").statusCode()).isEqualTo(204);
    assertException(ogc.get(process), 404, CORE_ERRORS + "no-such-process");
    String fixed = unit.replace("\"said\"", "\"fixed\", \"mutable\": false");
    assertThat(ogc.deploy("application/ogcapppkg+json", fixed).statusCode()).isEqualTo(201);
    assertException(
        ogc.send("DELETE", "/ogc/processes/fixed", "text/plain", ""),
        403,
        dru + "immutable-process");
    assertException(
        ogc.send("PUT", "/ogc/processes/fixed", "application/cwl", ECHO),
        403,
        dru + "immutable-process");
  }

  @Test
  void oneWorkflowOfAPackedDocumentIsChosen() throws Exception {
    String packed =
        """
        {"cwlVersion": "v1.2", "$graph": [%s, %s]}
        """
            .formatted(
                ECHO.replace("\"cwlVersion\": \"v1.2\", ", "").replace("\"echo\"", "\"first\""),
                ECHO.replace("\"cwlVersion\": \"v1.2\", ", "").replace("\"echo\"", "\"second\""));
    HttpResponse<String> chosen =
        ogc.send("POST", "/ogc/processes?w=second", "application/cwl+json", packed);
    assertThat(chosen.statusCode()).as(chosen.body()).isEqualTo(201);
    assertThat(body(chosen).get("id").asString()).isEqualTo("second");
    assertThat(body(ogc.deploy("application/cwl", packed)).get("id").asString()).isEqualTo("first");
    assertException(
        ogc.send("POST", "/ogc/processes?w=third", "application/cwl", packed),
        400,
        ERRORS + "ogcapi-processes-2/1.0/workflow-not-found");
    assertException(ogc.deploy("application/cwl", "class: Nonsense"), 400, "InvalidParameterValue");
  }
}
