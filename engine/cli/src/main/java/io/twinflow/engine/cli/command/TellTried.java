package io.twinflow.engine.cli.command;

import io.twinflow.engine.cli.ExitCode;
import io.twinflow.engine.cli.client.RemoteRun;
import io.twinflow.engine.cli.display.Words;
import io.twinflow.workflowdefs.value.BooleanValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.ValueJson;
import java.util.ArrayList;
import java.util.List;

/** Says what a server would make of an event by a trigger: a run, nothing, or a dead letter. */
record TellTried(Context context) {

  /**
   * @return 0 if that is a run
   */
  int tell(RecordValue told) {
    String reason = RemoteRun.text(told, "reason");
    boolean matches = told.get("matches").equals(BooleanValue.TRUE);
    if (told.get("decision") instanceof RecordValue decision) {
      context.say(decided(decision));
    }
    if (!matches || told.get("skipped").equals(BooleanValue.TRUE)) {
      context.say("no run: " + Words.harmless(reason));
    } else if (!reason.isEmpty()) {
      context.say("a dead letter: " + Words.harmless(reason));
    } else if (told.get("message") instanceof RecordValue message) {
      context.say("processes are told:");
      context.print(ValueJson.writePretty(message));
    } else {
      if (told.get("check") instanceof RecordValue check) {
        context.say(
            "first a run of %s, with these inputs:".formatted(RemoteRun.text(check, "workflow")));
        context.print(ValueJson.writePretty(check.get("inputs")));
      }
      String key = RemoteRun.text(told, "key");
      String item = RemoteRun.text(told, "item");
      context.say(
          "a run of %s%s%s, with these inputs:"
              .formatted(
                  RemoteRun.text(told, "workflow"),
                  key.isEmpty() ? "" : ", together with others of " + Words.harmless(key),
                  item.isEmpty() ? "" : ", for which it is " + Words.harmless(item)));
      context.print(ValueJson.writePretty(told.get("inputs")));
    }
    return matches && reason.isEmpty() ? ExitCode.SUCCESS : ExitCode.FAILURE;
  }

  private static String decided(RecordValue decision) {
    List<String> rules = new ArrayList<>();
    for (RecordValue rule : RemoteCommand.rows(decision, "rules")) {
      String id = RemoteRun.text(rule, "id");
      rules.add(
          "rule %d of %s%s"
              .formatted(
                  RemoteRun.number(rule, "rule"),
                  RemoteRun.text(rule, "decision"),
                  id.isEmpty() ? "" : " (" + id + ")"));
    }
    return Words.harmless(
        "decided by %s, version %s, %s: %s"
            .formatted(
                RemoteRun.text(decision, "decision"),
                RemoteRun.text(decision, "digest"),
                rules.isEmpty() ? "no rule" : String.join(", ", rules),
                ValueJson.write(decision.get("outputs"))));
  }
}
