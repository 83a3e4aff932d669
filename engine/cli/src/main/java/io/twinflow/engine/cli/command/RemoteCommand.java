package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.client.ServerOption;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import java.util.List;

/** What commands do with one run of a server. */
record RemoteCommand(Context context, ServerOption server) {

  private static final String LATEST = "latest";

  /** Something that needs a connection. */
  @FunctionalInterface
  interface Work {
    int with(Connection server, String run) throws CliException, InterruptedException;
  }

  /** Says what became of a request; {@code run} is the run as the server then told it. */
  @FunctionalInterface
  interface Told {
    void of(String asked, RecordValue run) throws CliException;
  }

  /**
   * @param wanted an id, or latest
   */
  int on(String wanted, Work work) throws CliException, InterruptedException {
    try (Connection connection = server.connect(context.invocation())) {
      return work.with(connection, wanted.equals(LATEST) ? latest(connection) : wanted);
    }
  }

  /** Asks for something to be done with a run: {@code cancel}, {@code retry}. */
  int ask(String wanted, String action, Told told) throws CliException, InterruptedException {
    return on(
        wanted,
        (connection, id) -> {
          told.of(id, connection.post(RemoteRun.path(id) + "/" + action));
          return ExitCode.SUCCESS;
        });
  }

  private static String latest(Connection server) throws CliException, InterruptedException {
    List<RecordValue> newest = runs(server.get("/api/v1/runs?limit=1"));
    if (newest.isEmpty()) {
      throw CliException.failure(server.base() + ": there is no run here yet");
    }
    return RemoteRun.text(newest.getFirst(), "id");
  }

  static List<RecordValue> runs(RecordValue page) {
    return rows(page, "runs");
  }

  /** The list in a page. */
  static List<RecordValue> rows(RecordValue page, String field) {
    return page.get(field) instanceof ListValue list
        ? list.items().stream().map(RecordValue.class::cast).toList()
        : List.of();
  }
}
