package io.twinflow.engine.cli.display;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.view.TaskFailure;
import io.twinflow.executors.api.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A failure as a person needs it: what, where, which command, what it said, where to look. */
public final class FailureText {

  private static final int MOST_COMMAND = 2_000;
  private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private FailureText() {}

  public static List<String> lines(TaskFailure failed, Style style) {
    List<String> lines = new ArrayList<>();
    Failure failure = failed.failure();
    lines.add(
        style.bad(style.sign("✗ ", "") + failed.address())
            + " failed ("
            + kind(failure.kind())
            + ")"
            + (failed.attempt() > 1 ? " in attempt " + failed.attempt() : ""));
    indent(lines, failure.message());
    Execution execution = failed.execution();
    if (execution != null) {
      if (!failure.message().contains("command")) {
        indent(lines, "command: " + command(execution.command()));
      }
      if (execution.exitCode() != null && !failure.message().contains("exit")) {
        indent(lines, "exit code: " + execution.exitCode());
      }
      if (execution.started() != null) {
        indent(
            lines,
            "ran for "
                + Words.duration(Duration.between(execution.started(), execution.ended()))
                + " on "
                + execution.host());
      }
      if (!failure.message().contains(execution.whereabouts())) {
        indent(lines, "logs and working folder: " + execution.whereabouts());
      }
    }
    return lines;
  }

  private static void indent(List<String> lines, String text) {
    Words.harmless(text).lines().forEach(line -> lines.add("  " + line));
  }

  /** A command that can be pasted into a shell. */
  public static String command(List<String> words) {
    String line = words.stream().map(FailureText::quote).collect(Collectors.joining(" "));
    return Words.fit(line, MOST_COMMAND);
  }

  private static String quote(String word) {
    return SHELL_SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  public static String kind(FailureKind kind) {
    return switch (kind) {
      case USER -> "definition or input";
      case TASK -> "the tool";
      case RESOURCES -> "resources";
      case INFRASTRUCTURE -> "infrastructure";
      case CANCELLED -> "cancelled";
      case INTERNAL -> "a defect of Twinflow";
    };
  }
}
