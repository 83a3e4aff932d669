package io.twinflow.executors.bundle;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskResult.Outcome;
import io.twinflow.executors.api.TaskResult.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as {@code bundle.sh} wrote it down. */
public final class ResultRecord {

  private static final String WHOLE = "(whole)";

  private ResultRecord() {}

  /**
   * Empty as long as there is none.
   *
   * @param queued when the site took it
   */
  public static Optional<TaskResult> read(BundleFolder folder, Instant queued) throws IOException {
    Path file = folder.record();
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return parse(file.toString(), text, queued);
  }

  /**
   * Empty if it is not whole.
   *
   * @param where it stands, for messages
   * @param queued when the site took it
   */
  public static Optional<TaskResult> parse(String where, String text, Instant queued)
      throws IOException {
    Map<String, String> fields = new HashMap<>();
    boolean whole = false;
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        fields.put(line.substring(0, equals), RecordText.plain(line.substring(equals + 1)));
      } else if (line.equals(WHOLE)) {
        whole = true;
      }
    }
    return whole ? Optional.of(result(where, fields, queued)) : Optional.empty();
  }

  /** For an attempt that can never run; what stands there already stays. */
  public static void writeFailure(BundleFolder folder, AttemptFailure failure, Instant now)
      throws IOException {
    Files.createDirectories(folder.path());
    Path made = folder.path().resolve("record.new");
    Files.writeString(made, ofFailure(failure, now));
    Files.move(made, folder.record(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A record of an attempt that never ran. */
  public static String ofFailure(AttemptFailure failure, Instant now) {
    String reason = String.valueOf(failure.getMessage());
    return "kind=%s\nreason=%s\nhost=\nended=%d.%09d\nsiteId=\n%s\n"
        .formatted(
            failure.kind(), RecordText.escaped(reason), now.getEpochSecond(), now.getNano(), WHOLE);
  }

  private static TaskResult result(String where, Map<String, String> fields, Instant queued)
      throws IOException {
    try {
      String code = fields.get("code");
      Outcome outcome =
          code == null
              ? new Outcome.Failed(
                  FailureKind.valueOf(need(fields, "kind")), need(fields, "reason"))
              : new Outcome.Exited(Integer.parseInt(code));
      Instant ended = time(need(fields, "ended"));
      String started = fields.get("started");
      Usage usage =
          new Usage(
              need(fields, "host"),
              queued,
              started == null ? null : time(started),
              ended,
              cpuTime(fields.get("times")),
              null);
      return new TaskResult(outcome, usage, need(fields, "siteId"), fields.get("image"));
    } catch (IllegalArgumentException e) {
      throw new IOException(where + " is no record of an attempt: " + e.getMessage(), e);
    }
  }

  private static String need(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return value;
  }

  /** Seconds since 1970, perhaps with a fraction. */
  private static Instant time(String seconds) {
    if (!seconds.matches("[0-9]{1,12}(\\.[0-9]{1,18})?")) {
      throw new IllegalArgumentException("a time in it is '" + seconds + "', expected seconds");
    }
    BigDecimal exact = new BigDecimal(seconds);
    long whole = exact.longValue();
    return Instant.ofEpochSecond(
        whole, exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  /**
   * User and system time of the shell's children, before and after: {@code 0m0.12s}, four times.
   */
  private static @Nullable Duration cpuTime(@Nullable String times) {
    if (times == null) {
      return null;
    }
    String[] parts = times.trim().split("\\s+", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("its times are '" + times + "', expected four");
    }
    return minutes(parts[2])
        .plus(minutes(parts[3]))
        .minus(minutes(parts[0]))
        .minus(minutes(parts[1]));
  }

  private static Duration minutes(String text) {
    int m = text.indexOf('m');
    if (m < 1 || !text.endsWith("s")) {
      throw new IllegalArgumentException("a time in it is '" + text + "', expected 0m0.00s");
    }
    BigDecimal seconds = new BigDecimal(text.substring(m + 1, text.length() - 1));
    return Duration.ofMinutes(Long.parseLong(text.substring(0, m)))
        .plusMillis(seconds.movePointRight(3).longValue());
  }
}
