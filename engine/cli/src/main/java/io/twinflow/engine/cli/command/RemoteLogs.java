package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.CliException;
import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.Connection;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.workflowdefs.value.ListValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what the tools of a run of a server wrote.
 *
 * @param step a step's address, or its beginning; empty for all
 * @param streams stderr, stdout or both
 */
record RemoteLogs(Context context, String step, List<String> streams, boolean follow) {

  int write(Connection server, String id) throws CliException, InterruptedException {
    boolean any = false;
    for (RecordValue task : tasks(server, id)) {
      String address = RemoteRun.text(task, "address");
      if (matches(address)) {
        any = true;
        write(server, id, task, address);
      }
    }
    if (!any) {
      throw CliException.failure(
          (step.isEmpty() ? id : step) + ": no task of this run has this name or ran yet.");
    }
    context.invocation().out().flush();
    return ExitCode.SUCCESS;
  }

  private boolean matches(String address) {
    String bare = address.startsWith("/") ? address.substring(1) : address;
    String wanted = step.startsWith("/") ? step.substring(1) : step;
    return wanted.isEmpty()
        || bare.equals(wanted)
        || bare.startsWith(wanted + "/")
        || bare.startsWith(wanted + "[")
        || bare.startsWith(wanted + "#");
  }

  private static List<RecordValue> tasks(Connection server, String id)
      throws CliException, InterruptedException {
    List<RecordValue> tasks = new ArrayList<>();
    String next = RemoteRun.path(id) + "/tasks?limit=1000";
    while (!next.isEmpty()) {
      RecordValue page = server.get(next);
      if (page.get("tasks") instanceof ListValue list) {
        for (Value task : list.items()) {
          tasks.add((RecordValue) task);
        }
      }
      next = RemoteRun.text(page, "next");
    }
    return tasks;
  }

  private void write(Connection server, String id, RecordValue task, String address)
      throws CliException, InterruptedException {
    long attempts = RemoteRun.number(task, "attempts");
    for (long attempt = 1; attempt <= attempts; attempt++) {
      for (String stream : streams) {
        String path =
            "%s/tasks/%d/attempts/%d/%s%s"
                .formatted(
                    RemoteRun.path(id),
                    RemoteRun.number(task, "task"),
                    attempt,
                    stream,
                    follow ? "?follow=true" : "");
        String name = address + (attempts > 1 ? " attempt " + attempt : "") + " " + stream;
        copy(server.open(path), name);
      }
    }
  }

  private void copy(InputStream whole, String name) throws CliException {
    try (PushbackInputStream log = new PushbackInputStream(whole)) {
      int first = log.read();
      if (first >= 0) {
        log.unread(first);
        context.print("==> " + name + " <==");
        log.transferTo(context.invocation().out());
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILURE, name + ": the log cannot be read: " + e.getMessage(), e);
    }
  }
}
