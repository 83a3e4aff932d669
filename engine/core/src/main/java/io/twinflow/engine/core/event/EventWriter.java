package io.twinflow.engine.core.event;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON object of each type of event. */
final class EventWriter {

  private EventWriter() {}

  static RecordValue fields(Event event) {
    Fields f = new Fields();
    Fields done =
        switch (event) {
          case Event.RunCreated e ->
              f.put("subject", e.subject())
                  .put("workflow", e.workflowName())
                  .put("version", e.workflowVersion())
                  .putText(
                      "definition",
                      e.definition().equals(e.workflowVersion()) ? null : e.definition())
                  .putValue("inputs", payload(e.inputs()))
                  .putValue("options", options(e.options()))
                  .putMap("labels", e.labels())
                  .putText("continues", e.continues().orElse(null));
          case Event.RunOwned e -> f.put("epoch", e.epoch()).put("instance", e.instance());
          case Event.StepScattered e ->
              f.put("scope", e.scope())
                  .put("step", e.step())
                  .putList("shape", e.shape(), length -> new IntegerValue(length))
                  .put("shards", e.shards());
          case Event.InvocationSkipped e -> f.putValue("place", place(e.place()));
          case Event.InvocationFailed e ->
              f.putValue("place", place(e.place())).putValue("failure", failure(e.failure()));
          case Event.ScopeOpened e ->
              overrides(
                  f.put("scope", e.scope()).putValue("place", place(e.place())), e.overrides());
          case Event.TaskCreated e ->
              overrides(f.put("task", e.task()).putValue("place", place(e.place())), e.overrides());
          case Event.LoopEnded e -> f.putValue("place", place(e.place()));
          case Event.SubmissionIntended e ->
              f.put("batch", e.batch())
                  .put("site", e.site())
                  .put("epoch", e.epoch())
                  .putList(
                      "members",
                      e.members(),
                      m ->
                          new ListValue(
                              List.of(new IntegerValue(m.task()), new IntegerValue(m.attempt()))))
                  .putText("reason", e.reason().isEmpty() ? null : e.reason());
          case Event.SubmissionConfirmed e -> f.put("batch", e.batch()).put("siteId", e.siteId());
          case Event.AttemptStarted e ->
              attempt(f, e.task(), e.attempt()).putText("at", e.at()).put("host", e.host());
          case Event.AttemptFailed e ->
              attempt(f, e.task(), e.attempt())
                  .putValue("failure", failure(e.failure()))
                  .putValue("execution", execution(e.execution()))
                  .putText("retryAt", e.retryAt())
                  .putValue("raised", raised(e.raised()));
          case Event.AttemptLost e -> attempt(f, e.task(), e.attempt()).put("reason", e.reason());
          case Event.AttemptDiscarded e ->
              attempt(f, e.task(), e.attempt())
                  .put("reason", e.reason())
                  .putValue("execution", execution(e.execution()));
          case Event.TaskSucceeded e ->
              attempt(f, e.task(), e.attempt())
                  .putValue("outputs", payload(e.outputs()))
                  .putValue("origin", origin(e.origin()))
                  .putValue("execution", execution(e.execution()))
                  .putValue("cacheKey", cacheKey(e.cacheKey()));
          case Event.TaskFailed e ->
              attempt(f, e.task(), e.attempt())
                  .putValue("failure", failure(e.failure()))
                  .putValue("execution", execution(e.execution()));
          case Event.ScopeSucceeded e -> f.put("scope", e.scope());
          case Event.ScopeFailed e ->
              f.put("scope", e.scope()).putValue("failure", failure(e.failure()));
          case Event.NoticeGiven e -> f.put("text", e.text()).put("site", e.site());
          case Event.CancelRequested e -> f.put("reason", e.reason());
          case Event.PauseRequested _ -> f;
          case Event.PauseEnded _ -> f;
          case Event.RunEnded e ->
              f.putText("state", e.state())
                  .putValue("outputs", payload(e.outputs()))
                  .putValue("failure", failure(e.failure()))
                  .putList("leftBehind", e.leftBehind(), StringValue::new);
        };
    return done.record();
  }

  private static Fields attempt(Fields f, long task, int attempt) {
    return f.put("task", task).put("attempt", attempt);
  }

  private static Fields overrides(Fields f, Event.RecordValueOverrides overrides) {
    return overrides.equals(Event.RecordValueOverrides.NONE)
        ? f
        : f.putValue("overrides", payload(overrides.values()));
  }

  static RecordValue payload(Payload payload) {
    return switch (payload) {
      case Payload.Inline inline -> new Fields().putValue("value", inline.value()).record();
      case Payload.Blob blob ->
          new Fields().put("sha256", blob.sha256()).put("size", blob.size()).record();
    };
  }

  private static RecordValue place(Place place) {
    return new Fields()
        .put("scope", place.scope())
        .put("step", place.step())
        .put("shard", place.shard() < 0 ? null : Long.valueOf(place.shard()))
        .put("iteration", place.iteration() < 0 ? null : Long.valueOf(place.iteration()))
        .record();
  }

  private static @Nullable RecordValue failure(@Nullable Failure failure) {
    return failure == null
        ? null
        : new Fields()
            .putText("kind", failure.kind())
            .put("code", failure.code())
            .put("message", failure.message())
            .record();
  }

  private static @Nullable RecordValue raised(@Nullable Raised raised) {
    return raised == null
        ? null
        : new Fields()
            .put("memoryMiB", raised.memoryMiB())
            .putText("time", raised.time())
            .put("reason", raised.reason())
            .record();
  }

  private static RecordValue options(RunOptions options) {
    Map<String, String> retries = new LinkedHashMap<>();
    options.retries().forEach((kind, count) -> retries.put(kind.name(), count.toString()));
    return new Fields()
        .putText("onError", options.onError())
        .put("useCache", options.useCache())
        .putMap("retries", retries)
        .put("temporaryFailRetries", options.temporaryFailRetries())
        .putText("containers", options.containers())
        .putText("outdir", options.outdir().orElse(null))
        .put("priority", options.priority() == 0 ? null : (Long) (long) options.priority())
        .putFilled("sites", options.sites())
        .record();
  }

  private static RecordValue origin(Origin origin) {
    return switch (origin) {
      case Origin.Executed _ -> new Fields().put("kind", "executed").record();
      case Origin.Evaluated _ -> new Fields().put("kind", "evaluated").record();
      case Origin.Cached o ->
          new Fields().put("kind", "cached").putText("run", o.run()).put("task", o.task()).record();
      case Origin.Adopted o ->
          new Fields()
              .put("kind", "adopted")
              .putText("run", o.run())
              .put("task", o.task())
              .record();
    };
  }

  private static @Nullable RecordValue execution(@Nullable Execution e) {
    return e == null
        ? null
        : new Fields()
            .putList("command", e.command(), StringValue::new)
            .put("site", e.site())
            .put("siteId", e.siteId())
            .put("host", e.host())
            .putText("queued", e.queued())
            .putText("started", e.started())
            .putText("ended", e.ended())
            .putText("cpuTime", e.cpuTime())
            .put("peakMemoryBytes", e.peakMemoryBytes())
            .put("exitCode", e.exitCode() == null ? null : Long.valueOf(e.exitCode()))
            .put("imageDigest", e.imageDigest())
            .put("whereabouts", e.whereabouts())
            .putList(
                "artifacts",
                e.artifacts(),
                a ->
                    new Fields()
                        .put("location", a.location())
                        .put("sha256", a.sha256())
                        .put("size", a.size())
                        .record())
            .record();
  }

  private static @Nullable RecordValue cacheKey(@Nullable CacheKey key) {
    return key == null
        ? null
        : new Fields().put("sha256", key.sha256()).putMap("components", key.components()).record();
  }
}
