package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.expression.EvaluationOwner;
import java.util.concurrent.CompletableFuture;

/** One evaluation that somebody waits for. */
final class Job {

  private final Request request;
  private final String owner;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private int lost;

  /**
   * @param owner whose evaluations wait for each other only
   */
  Job(Request request, String owner) {
    this.request = request;
    this.owner = owner;
  }

  Request request() {
    return request;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  /** Nobody waits for it. */
  void giveUp() {
    fail(EvaluationOwner.notNeeded());
  }

  boolean isAnswered() {
    return answer.isDone();
  }

  String owner() {
    return owner;
  }

  void fail(String message) {
    answer.complete(Answer.Mistake.of(request.source().failure(message), false));
  }

  /** Counts the children that ended over it for no reason that is known. */
  int lose() {
    lost++;
    return lost;
  }
}
