package io.twinflow.engine.core.task;

import io.twinflow.workflowdefs.cwl.CommandLineTool;

/** What an exit code means to a tool. CommandLineTool v1.2, "successCodes" and its neighbours. */
public final class ExitCodes {

  /** The end of a tool that ended by itself. */
  public enum Verdict {
    SUCCESS,
    /** Trying again may help. */
    TEMPORARY_FAILURE,
    PERMANENT_FAILURE
  }

  private ExitCodes() {}

  /**
   * @param code of a tool that ended by itself; a code that the tool does not list is a success if
   *     it is 0
   */
  public static Verdict judge(CommandLineTool tool, int code) {
    if (tool.successCodes().contains(code)) {
      return Verdict.SUCCESS;
    }
    if (tool.temporaryFailCodes().contains(code)) {
      return Verdict.TEMPORARY_FAILURE;
    }
    if (tool.permanentFailCodes().contains(code)) {
      return Verdict.PERMANENT_FAILURE;
    }
    return code == 0 ? Verdict.SUCCESS : Verdict.PERMANENT_FAILURE;
  }
}
