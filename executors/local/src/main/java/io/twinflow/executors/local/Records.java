package io.twinflow.executors.local;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskResult.Usage;
import io.twinflow.executors.local.process.ProcessIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The two small files that outlive this program: which process runs, and how it ended. */
final class Records {

  private Records() {}

  static void writeProcess(Path file, ProcessIdentity process) throws IOException {
    Properties p = new Properties();
    p.setProperty("pid", Long.toString(process.pid()));
    p.setProperty("start", process.startTime());
    p.setProperty("boot", process.bootId());
    write(file, p);
  }

  static Optional<ProcessIdentity> readProcess(Path file) throws IOException {
    return read(file)
        .map(p ->
            new ProcessIdentity(
                Long.parseLong(p.getProperty("pid")),
                p.getProperty("start"),
                p.getProperty("boot")));
  }

  /** Appears as a whole or not at all: who sees it sees the end of the attempt. */
  static void writeResult(Path file, TaskResult result) throws IOException {
    Properties p = new Properties();
    switch (result.outcome()) {
      case Outcome.Exited exited -> p.setProperty("code", Integer.toString(exited.code()));
      case Outcome.Failed failed -> {
        p.setProperty("kind", failed.kind().name());
        p.setProperty("reason", failed.reason());
      }
    }
    Usage usage = result.usage();
    p.setProperty("host", usage.host());
    p.setProperty("queued", usage.queued().toString());
    put(p, "started", usage.started());
    p.setProperty("ended", usage.ended().toString());
    put(p, "cpu", usage.cpuTime());
    put(p, "peak", usage.peakMemoryBytes());
    p.setProperty("siteId", result.siteId());
    put(p, "image", result.imageDigest());
    write(file, p);
  }

  static Optional<TaskResult> readResult(Path file) throws IOException {
    return read(file).filter(p -> p.getProperty("ended") != null).map(Records::result);
  }

  private static TaskResult result(Properties p) {
    String code = p.getProperty("code");
    String started = p.getProperty("started");
    String cpu = p.getProperty("cpu");
    String peak = p.getProperty("peak");
    Outcome outcome =
        code == null
            ? new Outcome.Failed(
                FailureKind.valueOf(p.getProperty("kind")), p.getProperty("reason"))
            : new Outcome.Exited(Integer.parseInt(code));
    Usage usage =
        new Usage(
            p.getProperty("host"),
            Instant.parse(p.getProperty("queued")),
            started == null ? null : Instant.parse(started),
            Instant.parse(p.getProperty("ended")),
            cpu == null ? null : Duration.parse(cpu),
            peak == null ? null : Long.valueOf(peak));
    return new TaskResult(outcome, usage, p.getProperty("siteId"), p.getProperty("image"));
  }

  private static void put(Properties p, String key, @Nullable Object value) {
    if (value != null) {
      p.setProperty(key, value.toString());
    }
  }

  private static void write(Path file, Properties p) throws IOException {
    StringWriter text = new StringWriter();
    try (Writer writer = text) {
      p.store(writer, null);
    }
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(half, text.toString());
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Optional<Properties> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties p = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      p.load(reader);
    }
    return p.isEmpty() ? Optional.empty() : Optional.of(p);
  }
}
