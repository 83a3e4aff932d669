package io.twinflow.engine.server.processes;

import java.io.IOException;
import org.springframework.stereotype.Component;

/** All that is to be done for processes now, in the order in which one follows from the other. */
@Component
final class OneRound {

  private final StartProcesses start;
  private final CancelProcesses cancel;
  private final TellJournals tell;
  private final BeginWork begin;
  private final AnswerWork answer;
  private final WithdrawWork withdraw;
  private final TellDue due;

  OneRound(
      StartProcesses start,
      CancelProcesses cancel,
      TellJournals tell,
      BeginWork begin,
      AnswerWork answer,
      WithdrawWork withdraw,
      TellDue due) {
    this.due = due;
    this.start = start;
    this.cancel = cancel;
    this.tell = tell;
    this.begin = begin;
    this.answer = answer;
    this.withdraw = withdraw;
  }

  /**
   * @return whether nothing is left to withdraw
   */
  boolean go() throws IOException {
    start.all();
    cancel.all();
    answer.all();
    boolean settled = withdraw.all();
    begin.all();
    due.all();
    tell.all();
    return settled;
  }
}
