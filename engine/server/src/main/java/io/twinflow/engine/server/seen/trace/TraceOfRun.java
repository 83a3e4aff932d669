package io.twinflow.engine.server.seen.trace;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.view.TaskList;
import io.twinflow.engine.core.view.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal of an ended run into spans: submission, run, tasks, attempts. Nothing but what
 * was committed is in them, so a run that several servers carried has one trace.
 */
final class TraceOfRun implements Consumer<Envelope> {

  /** Who looks at a trace looks at no more; the run's span says what was left out. */
  static final int MOST_TASKS = 5_000;

  private final SpanIds ids;
  private final Instant received;
  private final Optional<TraceParent> parent;
  private final TaskList names = new TaskList(_ -> true);
  private final Map<Long, Instant> tasks = new HashMap<>();
  private final Map<Long, Map<Integer, Instant>> attempts = new HashMap<>();
  private final Map<Long, Span> ended = new LinkedHashMap<>();
  private final List<Span> spans = new ArrayList<>();
  private Event.@Nullable RunCreated created;
  private Instant createdAt = Instant.EPOCH;
  private @Nullable Instant endedAt;
  private long dropped;

  TraceOfRun(RunId run, Instant received, Optional<TraceParent> parent) {
    this.ids = new SpanIds(run);
    this.received = received;
    this.parent = parent;
  }

  String trace() {
    return parent.map(TraceParent::trace).orElseGet(ids::trace);
  }

  @Override
  public void accept(Envelope envelope) {
    names.accept(envelope);
    Instant at = envelope.time();
    switch (envelope.event()) {
      case Event.RunCreated e -> {
        created = e;
        createdAt = at;
      }
      case Event.TaskCreated e -> begin(e.task(), at);
      case Event.SubmissionIntended e ->
          e.members()
              .forEach(member ->
                  attempts
                      .computeIfAbsent(member.task(), _ -> new HashMap<>())
                      .put(member.attempt(), at));
      case Event.AttemptFailed e ->
          attempt(e.task(), e.attempt(), at, e.execution(), text(e.failure()));
      case Event.AttemptLost e -> attempt(e.task(), e.attempt(), at, null, e.reason());
      case Event.AttemptDiscarded e ->
          attempt(e.task(), e.attempt(), at, e.execution(), e.reason());
      case Event.TaskSucceeded e -> {
        attempt(e.task(), e.attempt(), at, e.execution(), null);
        task(e.task(), at, null);
      }
      case Event.TaskFailed e -> {
        attempt(e.task(), e.attempt(), at, e.execution(), text(e.failure()));
        task(e.task(), at, text(e.failure()));
      }
      case Event.RunEnded e -> end(e, at);
      default -> {
        // What has no length is no span.
      }
    }
  }

  private void begin(long task, Instant at) {
    if (tasks.size() + ended.size() < MOST_TASKS) {
      tasks.put(task, at);
    } else {
      dropped++;
    }
  }

  private void attempt(
      long task,
      int attempt,
      Instant at,
      Event.@Nullable Execution execution,
      @Nullable String problem) {
    Map<Integer, Instant> open = attempts.get(task);
    Instant start = open == null ? null : open.remove(attempt);
    if (start == null || !tasks.containsKey(task)) {
      return;
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("twinflow.attempt", (long) attempt);
    if (execution != null) {
      attributes.put("twinflow.site", execution.site());
      attributes.put("host.name", execution.host());
      put(attributes, "process.exit.code", execution.exitCode());
      put(attributes, "twinflow.peak_memory", execution.peakMemoryBytes());
    }
    spans.add(
        new Span(
            ids.attempt(task, attempt),
            ids.task(task),
            Span.Kind.INTERNAL,
            "attempt " + attempt,
            start,
            at,
            attributes,
            problem));
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Number value) {
    if (value != null) {
      attributes.put(name, value.longValue());
    }
  }

  private void task(long task, Instant at, @Nullable String problem) {
    Instant start = tasks.remove(task);
    attempts.remove(task);
    if (start != null) {
      ended.put(
          task,
          new Span(
              ids.task(task),
              ids.run(),
              Span.Kind.INTERNAL,
              "task",
              start,
              at,
              Map.of("twinflow.task", task),
              problem));
    }
  }

  private void end(Event.RunEnded e, Instant at) {
    endedAt = at;
    for (long left : List.copyOf(tasks.keySet())) {
      task(left, at, "its run ended before it did");
    }
    Event.RunCreated run = created;
    String workflow = run == null ? "" : run.workflowName();
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("twinflow.workflow", workflow);
    attributes.put("twinflow.workflow_version", run == null ? "" : run.workflowVersion());
    attributes.put("twinflow.state", e.state().name().toLowerCase(Locale.ROOT));
    if (run != null && run.continues().isPresent()) {
      attributes.put("twinflow.continues", run.continues().get().value());
    }
    if (dropped > 0) {
      attributes.put("twinflow.tasks_left_out", dropped);
    }
    Failure failure = e.failure();
    spans.addFirst(
        new Span(
            ids.run(),
            ids.submission(),
            Span.Kind.INTERNAL,
            "run " + workflow,
            createdAt,
            at,
            attributes,
            failure == null ? null : text(failure)));
    spans.addFirst(
        new Span(
            ids.submission(),
            parent.map(TraceParent::span).orElse(null),
            Span.Kind.SERVER,
            "submit " + workflow,
            received.isAfter(createdAt) ? createdAt : received,
            createdAt,
            Map.of(),
            null));
  }

  private static String text(Failure failure) {
    return failure.kind() + ": " + failure.message();
  }

  /** All spans; empty while the run has not ended. */
  List<Span> spans() {
    if (endedAt == null) {
      return List.of();
    }
    List<Span> all = new ArrayList<>(spans);
    for (TaskView task : names.tasks()) {
      Span span = ended.get(task.task());
      if (span != null) {
        all.add(
            new Span(
                span.id(),
                span.parent(),
                span.kind(),
                task.address(),
                span.start(),
                span.end(),
                span.attributes(),
                span.problem()));
      }
    }
    return all;
  }
}
