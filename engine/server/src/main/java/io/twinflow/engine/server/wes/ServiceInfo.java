package io.twinflow.engine.server.wes;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What this service is: GA4GH service-info 1.0 with the additions of WES 1.1. */
@JsonNaming(SnakeCaseStrategy.class)
record ServiceInfo(
    String id,
    String name,
    ServiceType type,
    String description,
    Organization organization,
    String version,
    Map<String, TypeVersions> workflowTypeVersions,
    List<String> supportedWesVersions,
    List<String> supportedFilesystemProtocols,
    Map<String, EngineVersions> workflowEngineVersions,
    List<EngineParameter> defaultWorkflowEngineParameters,
    Map<WesState, Long> systemStateCounts,
    String authInstructionsUrl,
    Map<String, String> tags) {

  record ServiceType(String group, String artifact, String version) {}

  record Organization(String name, String url) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record TypeVersions(List<String> workflowTypeVersion) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record EngineVersions(List<String> workflowEngineVersion) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record EngineParameter(String name, String type, String defaultValue) {}
}
