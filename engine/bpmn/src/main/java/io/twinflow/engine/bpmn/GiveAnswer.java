package io.twinflow.engine.bpmn;

import io.twinflow.engine.bpmn.ProcessException.Reason;
import java.util.Map;
import java.util.UUID;
import org.flowable.common.engine.api.FlowableIllegalArgumentException;
import org.flowable.common.engine.impl.interceptor.CommandContext;
import org.flowable.engine.delegate.BpmnError;
import org.jspecify.annotations.Nullable;

/** Lets a process go on from the one wait state of a question. */
record GiveAnswer(Flowable flowable) {

  private record Question(
      String tenant, String instance, String execution, String activity, boolean answered) {}

  Answered give(UUID id, Answer answer) throws ProcessException {
    Question question = question(id);
    try {
      return Again.ifOvertaken(
          () -> flowable.inTransaction(context -> goOn(context, id, question, answer)));
    } catch (BpmnError e) {
      return end(id, question, uncaught(e, answer));
    } catch (FlowableIllegalArgumentException e) {
      return end(id, question, "USER: " + e.getMessage());
    }
  }

  private Question question(UUID id) throws ProcessException {
    return flowable
        .inTransaction(context -> read(Sqls.of(context), id, ""))
        .orElseThrow(() -> new ProcessException(Reason.UNKNOWN, "no process has asked for " + id));
  }

  private static java.util.Optional<Question> read(Sqls sql, UUID id, String lock) {
    return sql.first(
        "SELECT tenant, instance, execution, activity, answered IS NOT NULL FROM bpmn_outbox WHERE id = ?"
            + lock,
        row ->
            new Question(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5)),
        id);
  }

  private Answered goOn(CommandContext context, UUID id, Question question, Answer answer) {
    Sqls sql = Sqls.of(context);
    LockInstance.lock(sql, question.instance());
    if (isAnswered(sql, id)) {
      return Answered.BEFORE;
    }
    boolean waits = isWaiting(sql, question);
    note(sql, id, waits ? text(answer) : "late");
    if (!waits) {
      return Answered.LATE;
    }
    TellNews.note(question.instance(), "%s %s".formatted(question.activity(), said(answer)));
    flowable
        .engine()
        .getRuntimeService()
        .trigger(question.execution(), Map.of(), Map.of(AskTwinflow.ANSWER, answer));
    return Answered.WENT_ON;
  }

  /** The failure that ends the process takes the question with it. */
  private Answered end(UUID id, Question question, String reason) {
    return Again.ifOvertaken(() ->
        flowable.inTransaction(context -> {
          Sqls sql = Sqls.of(context);
          boolean running = LockInstance.lock(sql, question.instance());
          if (isAnswered(sql, id)) {
            return Answered.BEFORE;
          }
          note(sql, id, "uncaught");
          if (!running) {
            return Answered.LATE;
          }
          EndProcess.fail(question.instance(), question.activity(), reason);
          return Answered.ENDED;
        }));
  }

  private static boolean isAnswered(Sqls sql, UUID id) {
    return read(sql, id, " FOR UPDATE").map(Question::answered).orElse(true);
  }

  private static boolean isWaiting(Sqls sql, Question question) {
    return sql.first(
            "SELECT 1 FROM act_ru_execution WHERE id_ = ?",
            row -> row.getInt(1),
            question.execution())
        .isPresent();
  }

  private static void note(Sqls sql, UUID id, String answer) {
    sql.change("UPDATE bpmn_outbox SET answered = now(), answer = ? WHERE id = ?", answer, id);
  }

  private static String text(Answer answer) {
    return switch (answer) {
      case Answer.Done ignored -> "done";
      case Answer.Failed failed -> failed.kind().name();
    };
  }

  private static String said(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> "was done" + (done.told().isEmpty() ? "" : ": " + done.told());
      case Answer.Failed failed -> "has failed: %s: %s".formatted(failed.kind(), failed.message());
    };
  }

  private static String uncaught(BpmnError error, @Nullable Answer answer) {
    return answer instanceof Answer.Failed failed
            && failed.kind().name().equals(error.getErrorCode())
        ? failed.kind() + ": " + failed.message()
        : error.getErrorCode() + ": no boundary event caught this error";
  }
}
