package io.twinflow.engine.core.event;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event.ArtifactIdentity;
import io.twinflow.engine.core.event.Event.CacheKey;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Event.RecordValueOverrides;
import io.twinflow.engine.core.event.Event.RunOptions;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.Value;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Each type of event from its JSON object. */
final class EventReader {

  private EventReader() {}

  static Event read(String type, FieldReader f) throws UnreadableEventException {
    return switch (type) {
      case "RunCreated" ->
          new Event.RunCreated(
              f.text("subject"),
              f.text("workflow"),
              f.text("version"),
              f.has("definition") ? f.text("definition") : f.text("version"),
              payload(f.object("inputs")),
              options(f.object("options")),
              f.map("labels"),
              Optional.ofNullable(f.textOrNull("continues")).map(RunId::new));
      case "RunOwned" -> new Event.RunOwned(f.number("epoch"), f.text("instance"));
      case "StepScattered" ->
          new Event.StepScattered(
              f.number("scope"), f.text("step"), f.counts("shape"), f.count("shards"));
      case "InvocationSkipped" -> new Event.InvocationSkipped(place(f.object("place")));
      case "InvocationFailed" ->
          new Event.InvocationFailed(place(f.object("place")), failure(f.object("failure")));
      case "ScopeOpened" ->
          new Event.ScopeOpened(f.number("scope"), place(f.object("place")), overrides(f));
      case "TaskCreated" ->
          new Event.TaskCreated(f.number("task"), place(f.object("place")), overrides(f));
      case "LoopEnded" -> new Event.LoopEnded(place(f.object("place")));
      case "SubmissionIntended" ->
          new Event.SubmissionIntended(
              f.number("batch"),
              f.text("site"),
              f.number("epoch"),
              f.list("members", EventReader::member),
              f.has("reason") ? f.text("reason") : "");
      case "SubmissionConfirmed" ->
          new Event.SubmissionConfirmed(f.number("batch"), f.text("siteId"));
      case "AttemptStarted" ->
          new Event.AttemptStarted(
              f.number("task"), f.count("attempt"), f.instant("at"), f.text("host"));
      case "AttemptFailed" ->
          new Event.AttemptFailed(
              f.number("task"),
              f.count("attempt"),
              failure(f.object("failure")),
              execution(f),
              f.instant("retryAt"),
              raised(f));
      case "AttemptLost" ->
          new Event.AttemptLost(f.number("task"), f.count("attempt"), f.text("reason"));
      case "AttemptDiscarded" ->
          new Event.AttemptDiscarded(
              f.number("task"), f.count("attempt"), f.text("reason"), execution(f));
      case "TaskSucceeded" ->
          new Event.TaskSucceeded(
              f.number("task"),
              f.count("attempt"),
              payload(f.object("outputs")),
              origin(f.object("origin")),
              execution(f),
              cacheKey(f));
      case "TaskFailed" ->
          new Event.TaskFailed(
              f.number("task"), f.count("attempt"), failure(f.object("failure")), execution(f));
      case "ScopeSucceeded" -> new Event.ScopeSucceeded(f.number("scope"));
      case "ScopeFailed" -> new Event.ScopeFailed(f.number("scope"), failure(f.object("failure")));
      case "NoticeGiven" ->
          new Event.NoticeGiven(f.text("text"), f.has("site") ? f.text("site") : null);
      case "CancelRequested" -> new Event.CancelRequested(f.text("reason"));
      case "PauseRequested" -> new Event.PauseRequested();
      case "PauseEnded" -> new Event.PauseEnded();
      case "RunEnded" ->
          new Event.RunEnded(
              f.symbol("state", RunState.class),
              payload(f.object("outputs")),
              f.has("failure") ? failure(f.object("failure")) : null,
              f.texts("leftBehind"));
      default -> throw new UnreadableEventException("'%s' is no type of event".formatted(type));
    };
  }

  static Payload payload(FieldReader f) throws UnreadableEventException {
    return f.has("sha256")
        ? new Payload.Blob(f.text("sha256"), f.number("size"))
        : new Payload.Inline(f.record("value"));
  }

  private static RecordValueOverrides overrides(FieldReader f) throws UnreadableEventException {
    return f.has("overrides")
        ? new RecordValueOverrides(payload(f.object("overrides")))
        : RecordValueOverrides.NONE;
  }

  private static Event.SubmissionIntended.Member member(Value pair)
      throws UnreadableEventException {
    if (pair instanceof ListValue list
        && list.items().size() == 2
        && list.items().get(0) instanceof IntegerValue task
        && list.items().get(1) instanceof IntegerValue attempt) {
      return new Event.SubmissionIntended.Member(task.value(), Math.toIntExact(attempt.value()));
    }
    throw new UnreadableEventException(
        "SubmissionIntended.members: expected [task, attempt], found " + pair);
  }

  private static Place place(FieldReader f) throws UnreadableEventException {
    return new Place(
        f.number("scope"),
        f.text("step"),
        f.has("shard") ? f.count("shard") : -1,
        f.has("iteration") ? f.count("iteration") : -1);
  }

  private static Failure failure(FieldReader f) throws UnreadableEventException {
    return new Failure(f.symbol("kind", FailureKind.class), f.text("code"), f.text("message"));
  }

  private static @Nullable Raised raised(FieldReader parent) throws UnreadableEventException {
    if (!parent.has("raised")) {
      return null;
    }
    FieldReader f = parent.object("raised");
    return new Raised(f.number("memoryMiB"), f.durationOrNull("time"), f.text("reason"));
  }

  private static RunOptions options(FieldReader f) throws UnreadableEventException {
    Map<FailureKind, Integer> retries = new EnumMap<>(FailureKind.class);
    f.map("retries")
        .forEach((kind, count) -> retries.put(FailureKind.valueOf(kind), Integer.valueOf(count)));
    return new RunOptions(
        f.symbol("onError", RunOptions.OnError.class),
        f.flag("useCache"),
        retries,
        f.count("temporaryFailRetries"),
        f.symbol("containers", RunOptions.ContainerUse.class),
        Optional.ofNullable(f.textOrNull("outdir")).map(Path::of),
        f.has("priority") ? f.count("priority") : 0,
        f.has("sites") ? f.map("sites") : Map.of());
  }

  private static Origin origin(FieldReader f) throws UnreadableEventException {
    String kind = f.text("kind");
    return switch (kind) {
      case "executed" -> new Origin.Executed();
      case "evaluated" -> new Origin.Evaluated();
      case "cached" -> new Origin.Cached(new RunId(f.text("run")), f.number("task"));
      case "adopted" -> new Origin.Adopted(new RunId(f.text("run")), f.number("task"));
      default -> throw new UnreadableEventException("'%s' is no origin".formatted(kind));
    };
  }

  private static @Nullable Execution execution(FieldReader parent) throws UnreadableEventException {
    if (!parent.has("execution")) {
      return null;
    }
    FieldReader f = parent.object("execution");
    return new Execution(
        f.texts("command"),
        f.text("site"),
        f.text("siteId"),
        f.text("host"),
        f.instant("queued"),
        f.instantOrNull("started"),
        f.instant("ended"),
        f.durationOrNull("cpuTime"),
        f.numberOrNull("peakMemoryBytes"),
        f.has("exitCode") ? f.count("exitCode") : null,
        f.textOrNull("imageDigest"),
        f.text("whereabouts"),
        f.list("artifacts", EventReader::artifact));
  }

  private static ArtifactIdentity artifact(Value value) throws UnreadableEventException {
    FieldReader f = FieldReader.of("artifact", value);
    return new ArtifactIdentity(f.text("location"), f.text("sha256"), f.number("size"));
  }

  private static @Nullable CacheKey cacheKey(FieldReader parent) throws UnreadableEventException {
    if (!parent.has("cacheKey")) {
      return null;
    }
    FieldReader f = parent.object("cacheKey");
    return new CacheKey(f.text("sha256"), f.map("components"));
  }
}
