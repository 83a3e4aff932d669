package io.twinflow.engine.server.wes;

import io.twinflow.engine.server.data.InputSchemes;
import io.twinflow.engine.server.runs.PublicState;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says what this service is. */
@RestController
@RequestMapping(WesErrors.BASE)
class WesInfo {

  private static final String HOW_TO_GET_A_TOKEN =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Tokens</title></head><body>
      <h1>How to get a token</h1>
      <p>Every request carries <code>Authorization: Bearer TOKEN</code>. The administrator's token
      was shown when the server was first started and is kept in the file <code>admin-token</code>
      of its data folder. The administrator makes tokens for others.</p>
      </body></html>
      """;

  private final Runs runs;
  private final InputSchemes schemes;

  WesInfo(Runs runs, InputSchemes schemes) {
    this.runs = runs;
    this.schemes = schemes;
  }

  /** Failed runs are counted as EXECUTOR_ERROR, whose fault it ever was. */
  @GetMapping(path = "/service-info", produces = MediaType.APPLICATION_JSON_VALUE)
  ServiceInfo info(@AuthenticationPrincipal Caller caller) {
    String base = new WesLinks().self();
    Map<WesState, Long> counts = new EnumMap<>(WesState.class);
    for (Map.Entry<PublicState, Long> count : runs.counts(caller).entrySet()) {
      counts.merge(WesState.of(count.getKey(), Optional.empty()), count.getValue(), Long::sum);
    }
    return new ServiceInfo(
        "io.twinflow.wes",
        "Twinflow",
        new ServiceInfo.ServiceType("org.ga4gh", "wes", "1.1.0"),
        "Runs CWL workflows, and loses none.",
        new ServiceInfo.Organization("Twinflow", base),
        Supported.engineVersion(),
        Map.of(Supported.TYPE, new ServiceInfo.TypeVersions(Supported.TYPE_VERSIONS)),
        List.of("1.0.0", "1.1.0"),
        schemes.names(),
        Map.of(
            Supported.ENGINE, new ServiceInfo.EngineVersions(List.of(Supported.engineVersion()))),
        EngineParameters.DEFAULTS,
        counts,
        base + "/auth-instructions",
        Map.of());
  }

  @GetMapping(path = "/auth-instructions", produces = MediaType.TEXT_HTML_VALUE)
  String authInstructions() {
    return HOW_TO_GET_A_TOKEN;
  }
}
