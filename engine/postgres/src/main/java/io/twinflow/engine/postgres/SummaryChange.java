package io.twinflow.engine.postgres;

import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What events change in the row that lists their run; null where nothing changes.
 *
 * @param labels a JSON object
 */
record SummaryChange(
    @Nullable String subject,
    @Nullable String workflow,
    @Nullable String version,
    @Nullable String labels,
    @Nullable Instant created,
    @Nullable String state,
    @Nullable Instant ended,
    @Nullable String failure) {

  private static final SummaryChange NONE =
      new SummaryChange(null, null, null, null, null, null, null, null);

  static SummaryChange of(List<Envelope> events) {
    SummaryChange change = NONE;
    for (Envelope envelope : events) {
      change = change.then(envelope);
    }
    return change;
  }

  private SummaryChange then(Envelope envelope) {
    return switch (envelope.event()) {
      case Event.RunCreated e ->
          new SummaryChange(
              e.subject(),
              e.workflowName(),
              e.workflowVersion(),
              json(e.labels()),
              envelope.time(),
              RunState.RUNNING.name(),
              null,
              null);
      case Event.PauseRequested _ -> now(RunState.PAUSED);
      case Event.PauseEnded _ -> now(RunState.RUNNING);
      case Event.CancelRequested _ -> now(RunState.CANCELLING);
      case Event.RunEnded e ->
          new SummaryChange(
              subject,
              workflow,
              version,
              labels,
              created,
              e.state().name(),
              envelope.time(),
              e.failure() == null ? null : e.failure().message());
      case Event.RunOwned _,
          Event.StepScattered _,
          Event.InvocationSkipped _,
          Event.InvocationFailed _,
          Event.ScopeOpened _,
          Event.ScopeSucceeded _,
          Event.ScopeFailed _,
          Event.LoopEnded _,
          Event.TaskCreated _,
          Event.TaskSucceeded _,
          Event.TaskFailed _,
          Event.SubmissionIntended _,
          Event.SubmissionConfirmed _,
          Event.AttemptStarted _,
          Event.AttemptFailed _,
          Event.AttemptLost _,
          Event.AttemptDiscarded _,
          Event.NoticeGiven _ ->
          this;
    };
  }

  private SummaryChange now(RunState newState) {
    return new SummaryChange(
        subject, workflow, version, labels, created, newState.name(), ended, failure);
  }

  private static String json(Map<String, String> labels) {
    RecordValue record = RecordValue.EMPTY;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      record = record.with(label.getKey(), new StringValue(label.getValue()));
    }
    return ValueJson.write(record);
  }
}
