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
  private static final int MOST_HEAD = 100;
  private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private FailureText() {}

  /**
   * @param workflow stands for the address of a tool that is run alone
   */
  public static List<String> lines(TaskFailure failed, String workflow, Style style) {
    List<String> lines = new ArrayList<>();
    Failure failure = failed.failure();
    String head =
        " failed ("
            + kind(failure.kind())
            + ")"
            + (failed.attempt() > 1 ? " in attempt " + failed.attempt() : "");
    String reason = reason(failed);
    String place = style.bad(style.sign("✗ ", "") + place(failed.address(), workflow));
    if (head.length() + reason.length() + failed.address().length() < MOST_HEAD) {
      lines.add(place + head + ": " + reason);
    } else {
      lines.add(place + head);
      indent(lines, reason);
    }
    String rest = Words.harmless(failure.message());
    int end = rest.indexOf('\n');
    if (end >= 0) {
      indent(lines, rest.substring(end + 1).stripIndent());
    }
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

  /**
   * An address as people know it; the only task of a tool that is run alone has the tool's name.
   */
  public static String place(String address, String workflow) {
    return address.equals("/") ? workflow : address;
  }

  /** The first line of the message, without the address that stands before it. */
  static String reason(TaskFailure failed) {
    String first = Words.harmless(failed.failure().message()).lines().findFirst().orElse("");
    String address = failed.address() + ": ";
    return first.startsWith(address) ? first.substring(address.length()) : first;
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
