package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A defect of Twinflow: one line for the person, the trace in a file. */
final class InternalError {

  private InternalError() {}

  static int report(Context context, Throwable error) {
    String what =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    String first = what.lines().findFirst().orElse("");
    String where;
    try {
      Path report = Files.createTempFile("twinflow-report-", ".txt");
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      Files.writeString(report, VersionCommand.text() + "\n\n" + trace);
      where = "the report is " + report;
    } catch (IOException e) {
      where = "and no report could be written: " + e.getMessage();
    }
    context.say("twinflow: a defect of Twinflow stopped this: " + first + "; " + where);
    return ExitCode.FAILURE;
  }
}
