package io.twinflow.engine.server.wes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The schemas of WES 1.1, by their names there. Times are UTC, to the second. */
final class WesModel {

  private WesModel() {}

  @JsonNaming(SnakeCaseStrategy.class)
  record RunId(String runId) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record RunStatus(String runId, WesState state) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunSummary(
      String runId,
      WesState state,
      @Nullable String startTime,
      @Nullable String endTime,
      Map<String, String> tags) {}

  /**
   * @param nextPageToken empty on the last page
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record RunListResponse(List<RunSummary> runs, String nextPageToken) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunRequest(
      JsonNode workflowParams,
      String workflowType,
      String workflowTypeVersion,
      Map<String, String> tags,
      Map<String, String> workflowEngineParameters,
      @Nullable String workflowEngine,
      @Nullable String workflowEngineVersion,
      String workflowUrl) {}

  /**
   * @param cmd null for a run of several tools
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Log(
      String name,
      @Nullable List<String> cmd,
      @Nullable String startTime,
      @Nullable String endTime,
      String stdout,
      String stderr,
      @Nullable Integer exitCode,
      List<String> systemLogs) {}

  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskLog(
      String id,
      String name,
      List<String> cmd,
      @Nullable String startTime,
      @Nullable String endTime,
      @Nullable String stdout,
      @Nullable String stderr,
      @Nullable Integer exitCode,
      List<String> systemLogs) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record TaskListResponse(List<TaskLog> taskLogs, String nextPageToken) {}

  /**
   * @param taskLogs the first tasks, for clients of WES 1.0
   * @param outputs as JSON
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record RunLog(
      String runId,
      RunRequest request,
      WesState state,
      Log runLog,
      String taskLogsUrl,
      List<TaskLog> taskLogs,
      @JsonRawValue String outputs) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record ErrorResponse(String msg, int statusCode) {}
}
