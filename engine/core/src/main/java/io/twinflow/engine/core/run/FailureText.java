package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.LogStream;
import io.twinflow.executors.api.TaskSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a person needs to know about an attempt that failed: command, reason, last words, place. */
final class FailureText {

  private static final int LINES = 20;
  private static final int TAIL = 4 * 1024;
  private static final int COMMAND = 2 * 1024;
  private static final long MOST_READ = 64L * 1024 * 1024;

  private FailureText() {}

  static String of(String address, String reason, TaskSpec spec, Executor executor) {
    StringBuilder text = new StringBuilder(address).append(": ").append(reason);
    text.append("\n  command: ").append(command(spec.displayCommand()));
    List<String> last = lastLines(executor, spec);
    if (!last.isEmpty()) {
      text.append("\n  last lines of stderr:");
      last.forEach(line -> text.append("\n    ").append(line));
    }
    return text.append("\n  logs and folder: ")
        .append(executor.whereabouts(spec.attempt()))
        .toString();
  }

  /** Of an attempt that is followed by one with more. */
  static Failure raised(Failure failure, String how) {
    return new Failure(
        failure.kind(), failure.code(), failure.message() + "\n  it is tried again " + how);
  }

  private static String command(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (text.length() > COMMAND) {
        return text + " … (%d words)".formatted(words.size());
      }
      text.append(text.isEmpty() ? "" : " ").append(quoted(word));
    }
    return text.toString();
  }

  private static String quoted(String word) {
    String shown = word.length() > COMMAND ? word.substring(0, COMMAND) + "…" : word;
    return shown.matches("[-+=:,./@%\\w]+") ? shown : "'" + shown.replace("'", "'\\''") + "'";
  }

  /** A log that cannot be read fails nothing. */
  private static List<String> lastLines(Executor executor, TaskSpec spec) {
    try (InputStream log = executor.log(spec.attempt(), LogStream.STDERR)) {
      List<String> lines = tail(log).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    } catch (IOException e) {
      return List.of("(cannot be read: " + e.getMessage() + ")");
    }
  }

  private static String tail(InputStream log) throws IOException {
    long skipped = 0;
    byte[] last = new byte[0];
    byte[] buffer = new byte[TAIL];
    int read = log.readNBytes(buffer, 0, TAIL);
    while (read > 0 && skipped < MOST_READ) {
      byte[] joined = new byte[last.length + read];
      System.arraycopy(last, 0, joined, 0, last.length);
      System.arraycopy(buffer, 0, joined, last.length, read);
      int from = Math.max(0, joined.length - TAIL);
      last = Arrays.copyOfRange(joined, from, joined.length);
      skipped += read;
      read = log.readNBytes(buffer, 0, TAIL);
    }
    return new String(last, StandardCharsets.UTF_8);
  }
}
