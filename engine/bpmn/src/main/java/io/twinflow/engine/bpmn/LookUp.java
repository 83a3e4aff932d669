package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowable.engine.history.HistoricProcessInstance;
import org.flowable.variable.api.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;

/** What Flowable's tables say. */
record LookUp(Flowable flowable) {

  Optional<ProcessState> state(String tenant, String instance) {
    return Optional.ofNullable(
            flowable
                .engine()
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .processInstanceTenantId(tenant)
                .singleResult())
        .map(LookUp::state);
  }

  private static ProcessState state(HistoricProcessInstance found) {
    Instant ended = instant(found.getEndTime());
    String reason = found.getDeleteReason();
    return new ProcessState(
        found.getId(),
        found.getProcessDefinitionKey(),
        phase(ended, reason),
        found.getStartTime().toInstant(),
        ended,
        reason == null ? null : reason.substring(reason.indexOf(' ') + 1));
  }

  private static ProcessState.Phase phase(@Nullable Instant ended, @Nullable String reason) {
    if (ended == null) {
      return ProcessState.Phase.RUNNING;
    }
    if (reason == null) {
      return ProcessState.Phase.SUCCEEDED;
    }
    if (reason.startsWith(EndProcess.FAILED)) {
      return ProcessState.Phase.FAILED;
    }
    // A terminate end event gives a reason of Flowable's own, and is an end like any other.
    return reason.startsWith(EndProcess.CANCELLED)
        ? ProcessState.Phase.CANCELLED
        : ProcessState.Phase.SUCCEEDED;
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  RecordValue variables(String instance) {
    Map<String, Value> variables = new LinkedHashMap<>();
    for (HistoricVariableInstance variable :
        flowable
            .engine()
            .getHistoryService()
            .createHistoricVariableInstanceQuery()
            .processInstanceId(instance)
            .executionId(instance)
            .orderByVariableName()
            .asc()
            .list()) {
      Value value = Variables.value(variable.getValue());
      if (value != null && !variable.getVariableName().startsWith(Variables.HIDDEN)) {
        variables.put(variable.getVariableName(), value);
      }
    }
    return new RecordValue(variables);
  }
}
