package io.twinflow.workflowdefs.cwl.check;

import io.twinflow.workflowdefs.cwl.CwlProcess;
import io.twinflow.workflowdefs.cwl.Requirements;
import io.twinflow.workflowdefs.source.ProblemLog;

/** Whether the expressions of a process can be parsed. */
final class ToolExpressions {

  private ToolExpressions() {}

  static void check(CwlProcess process, Requirements inherited, ProblemLog problems) {}
}
