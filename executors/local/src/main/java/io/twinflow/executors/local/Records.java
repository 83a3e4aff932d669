package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Shortage;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskResult.Usage;
import io.twinflow.executors.bundle.RecordText;
import io.twinflow.executors.local.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What outlives this program, in one small file: which process runs, and behind it how it ended. A
 * part counts from the line that ends it; one that was cut short is not there.
 */
final class Records {

  /** The last line of a part; no other line is like it. */
  private static final String WHOLE = "(whole)";

  /** The one shortage that this machine tells of. */
  private static final String MEMORY = "memory";

  private Records() {}

  static void writeProcess(Path file, ProcessIdentity process) throws IOException {
    Map<String, String> p = new LinkedHashMap<>();
    p.put("pid", Long.toString(process.pid()));
    p.put("start", process.startTime());
    p.put("boot", process.bootId());
    append(file, p);
  }

  static Optional<ProcessIdentity> readProcess(Path file) throws IOException {
    return read(file, "boot")
        .map(p ->
            new ProcessIdentity(Long.parseLong(need(p, "pid")), need(p, "start"), need(p, "boot")));
  }

  /** Who sees it sees the end of the attempt. */
  static void writeResult(Path file, TaskResult result) throws IOException {
    Map<String, String> p = new LinkedHashMap<>();
    switch (result.outcome()) {
      case Outcome.Exited exited -> p.put("code", Integer.toString(exited.code()));
      case Outcome.Failed failed -> {
        p.put("kind", failed.kind().name());
        p.put("reason", failed.reason());
        put(p, "shortage", failed.shortage() instanceof Shortage.Memory ? MEMORY : null);
      }
    }
    Usage usage = result.usage();
    p.put("host", usage.host());
    p.put("queued", usage.queued().toString());
    put(p, "started", usage.started());
    p.put("ended", usage.ended().toString());
    put(p, "cpu", usage.cpuTime());
    put(p, "peak", usage.peakMemoryBytes());
    p.put("siteId", result.siteId());
    put(p, "image", result.imageDigest());
    append(file, p);
  }

  static Optional<TaskResult> readResult(Path file) throws IOException {
    return read(file, "ended").map(Records::result);
  }

  private static TaskResult result(Map<String, String> p) {
    String code = p.get("code");
    String started = p.get("started");
    String cpu = p.get("cpu");
    String peak = p.get("peak");
    Outcome outcome =
        code == null
            ? new Outcome.Failed(
                FailureKind.valueOf(need(p, "kind")),
                need(p, "reason"),
                MEMORY.equals(p.get("shortage")) ? new Shortage.Memory() : null)
            : new Outcome.Exited(Integer.parseInt(code));
    Usage usage =
        new Usage(
            need(p, "host"),
            Instant.parse(need(p, "queued")),
            started == null ? null : Instant.parse(started),
            Instant.parse(need(p, "ended")),
            cpu == null ? null : Duration.parse(cpu),
            peak == null ? null : Long.valueOf(peak));
    return new TaskResult(outcome, usage, need(p, "siteId"), p.get("image"));
  }

  private static String need(Map<String, String> p, String key) {
    String value = p.get(key);
    if (value == null) {
      throw new IllegalStateException("a record of an attempt lacks '%s': %s".formatted(key, p));
    }
    return value;
  }

  private static void put(Map<String, String> p, String key, @Nullable Object value) {
    if (value != null) {
      p.put(key, value.toString());
    }
  }

  private static void append(Path file, Map<String, String> p) throws IOException {
    StringBuilder text = new StringBuilder();
    p.forEach((key, value) ->
        text.append(key).append('=').append(RecordText.escaped(value)).append('\n'));
    text.append(WHOLE).append('\n');
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The part that has a field; empty if there is none, or only a piece of one. */
  private static Optional<Map<String, String>> read(Path file, String field) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    // Behind the last line's end stands nothing, or a line that was cut short.
    String[] lines = Files.readString(file).split("\n", -1);
    Map<String, String> part = new LinkedHashMap<>();
    for (int i = 0; i < lines.length - 1; i++) {
      int equals = lines[i].indexOf('=');
      if (equals > 0) {
        part.put(lines[i].substring(0, equals), RecordText.plain(lines[i].substring(equals + 1)));
      } else if (lines[i].equals(WHOLE)) {
        if (part.containsKey(field)) {
          return Optional.of(part);
        }
        part.clear();
      }
    }
    return Optional.empty();
  }
}
