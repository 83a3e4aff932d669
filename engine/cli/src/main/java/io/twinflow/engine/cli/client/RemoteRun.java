package io.twinflow.engine.cli.client;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.view.RunSnapshot;
import io.twinflow.engine.core.view.StepSnapshot;
import io.twinflow.engine.core.view.StepState;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.DecimalValue;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run on a server, read from {@code /api/v1/runs/ID} and its steps. */
public record RemoteRun(RecordValue run, List<RecordValue> steps) {

  private static final double NANOS = 1e9;
  private static final int FEW = 3;

  public RemoteRun {
    steps = List.copyOf(steps);
  }

  public static RemoteRun read(Connection server, String id)
      throws CliException, InterruptedException {
    RecordValue run = server.get(path(id));
    List<RecordValue> steps = new ArrayList<>();
    if (server.get(path(id) + "/steps").get("steps") instanceof ListValue list) {
      list.items().forEach(step -> steps.add((RecordValue) step));
    }
    return new RemoteRun(run, steps);
  }

  public static String path(String id) {
    return "/api/v1/runs/"
        + java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8);
  }

  public String id() {
    return text(run, "id");
  }

  /** As the server calls it: also {@code queued}. */
  public String state() {
    return text(run, "state");
  }

  /** Why it, or a task of it, does not go on; empty if nothing waits. */
  public String waiting() {
    return reason(run);
  }

  private static String reason(RecordValue of) {
    return of.get("waiting") instanceof RecordValue waiting ? text(waiting, "reason") : "";
  }

  /** What some of its tasks wait for at their sites, by the addresses of the tasks. */
  public Map<String, String> waitingAtSites(Connection server)
      throws CliException, InterruptedException {
    Map<String, String> reasons = new LinkedHashMap<>();
    if (server.get(path(id()) + "/tasks?state=submitted&limit=" + FEW).get("tasks")
        instanceof ListValue tasks) {
      for (Value task : tasks.items()) {
        if (task instanceof RecordValue fields && !reason(fields).isEmpty()) {
          reasons.put(text(fields, "address"), reason(fields));
        }
      }
    }
    return reasons;
  }

  public boolean hasEnded() {
    return List.of("succeeded", "failed", "cancelled").contains(state());
  }

  /** As the display of a run on this machine takes it. */
  public RunSnapshot snapshot() {
    List<StepSnapshot> shown = steps.stream().map(this::step).toList();
    List<StepSnapshot> simple = shown.stream().filter(step -> !step.composite()).toList();
    String failure = text(run, "failure");
    return new RunSnapshot(
        new RunId(id()),
        text(run, "workflow"),
        text(run, "workflowVersion"),
        text(run, "subject"),
        state().equals("queued")
            ? RunState.RUNNING
            : RunState.valueOf(state().toUpperCase(Locale.ROOT)),
        labels(),
        Optional.empty(),
        time("created"),
        hasEnded() ? time("ended") : Instant.now(),
        shown,
        new RunSnapshot.StepCounts(
            simple.stream().mapToLong(s -> s.waiting() + s.running() + s.done() + s.failed()).sum(),
            simple.stream().mapToLong(StepSnapshot::running).sum(),
            simple.stream().mapToLong(StepSnapshot::done).sum(),
            simple.stream().mapToLong(StepSnapshot::failed).sum(),
            simple.stream().mapToLong(StepSnapshot::cached).sum(),
            simple.stream().mapToLong(StepSnapshot::adopted).sum()),
        List.of(),
        failure.isEmpty() ? null : new Failure(FailureKind.TASK, "run", failure),
        List.of());
  }

  private StepSnapshot step(RecordValue step) {
    String path = text(step, "step");
    return new StepSnapshot(
        path,
        path.substring(path.lastIndexOf('/') + 1),
        (int) path.chars().filter(c -> c == '/').count(),
        step.get("scattered").equals(new io.twinflow.workflowdefs.value.BooleanValue(true)),
        steps.stream().anyMatch(other -> text(other, "step").startsWith(path + "/")),
        StepState.valueOf(text(step, "state").toUpperCase(Locale.ROOT)),
        number(step, "total"),
        number(step, "waiting"),
        number(step, "running"),
        number(step, "done"),
        number(step, "skipped"),
        number(step, "failed"),
        number(step, "cached"),
        number(step, "adopted"),
        number(step, "retries"),
        null,
        null,
        seconds(step, "wallSeconds"),
        seconds(step, "longestSeconds"),
        seconds(step, "cpuSeconds"),
        null);
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (run.get("labels") instanceof RecordValue record) {
      record.fields().keySet().forEach(key -> labels.put(key, text(record, key)));
    }
    return labels;
  }

  private @Nullable Instant time(String field) {
    String text = text(run, field);
    return text.isEmpty() ? null : Instant.parse(text);
  }

  /** Empty if there is none. */
  public static String text(RecordValue record, String field) {
    return record.get(field) instanceof StringValue text ? text.value() : "";
  }

  /** A moment in UTC, to the second; empty if there is none. */
  public static String moment(RecordValue record, String field) {
    return text(record, field).replaceFirst("\\..*", "Z");
  }

  public static long number(RecordValue record, String field) {
    return record.get(field) instanceof IntegerValue number ? number.value() : 0;
  }

  private static Duration seconds(RecordValue record, String field) {
    Value value = record.get(field);
    double seconds =
        switch (value) {
          case DecimalValue decimal -> decimal.value().doubleValue();
          case IntegerValue whole -> whole.value();
          default -> 0;
        };
    return Duration.ofNanos((long) (seconds * NANOS));
  }
}
