package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Answer;
import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.runs.RunSubjects;
import io.twinflow.engine.server.tell.NotToBeSentException;
import io.twinflow.engine.server.tell.Outcome;
import io.twinflow.engine.server.tell.Reached;
import io.twinflow.engine.server.tell.SendHttp;
import io.twinflow.engine.server.tell.SendMail;
import io.twinflow.engine.server.tell.Tries;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Calls what processes want to have called, at least once each: who is called knows a call that
 * came before by its Idempotency-Key, and a mail by its Message-ID. Waits for nobody, so that no
 * process waits for another's server.
 */
@Component
final class CallOut implements DisposableBean {

  private final Processes processes;
  private final SendHttp http;
  private final SendMail mail;
  private final RunSubjects subjects;
  private final Map<UUID, Reached> reached = new ConcurrentHashMap<>();
  private final Aside aside;

  CallOut(Processes processes, SendHttp http, SendMail mail, RunSubjects subjects) {
    this.aside = new Aside(processes, Tries.WITHIN);
    this.mail = mail;
    this.processes = processes;
    this.http = http;
    this.subjects = subjects;
  }

  void begin(Asked asked) throws IOException {
    aside.begin(asked, () -> call(asked));
  }

  private void call(Asked asked) throws IOException, ProcessException {
    switch (send(asked)) {
      case Outcome.Answered(OutgoingUrls.Reply reply) ->
          done(asked, new Answer.Done(OutgoingCall.results(reply)));
      case Outcome.Taken _ -> done(asked, new Answer.Done(RecordValue.EMPTY));
      case Outcome.Refused(String problem) -> fail(asked, FailureKind.USER, problem);
      case Outcome.Later(String problem) -> again(asked, problem);
    }
  }

  private Outcome send(Asked asked) {
    // The run of a process that goes on is there.
    String subject = subjects.of(asked.instance()).orElse("");
    try {
      return switch (asked.kind()) {
        case "mail" ->
            mail.send(
                OutgoingMail.of(asked),
                subject,
                reached.computeIfAbsent(asked.id(), id -> new Reached()));
        case "webhook" -> http.send(OutgoingCall.webhook(asked), subject);
        default -> http.send(OutgoingCall.http(asked), subject);
      };
    } catch (NotToBeSentException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
  }

  private void again(Asked asked, String problem) throws IOException, ProcessException {
    if (Tries.areOver(asked.tries() + 1)) {
      fail(asked, FailureKind.INFRASTRUCTURE, Tries.over(problem));
    } else {
      processes.again(asked.id(), Tries.pause(asked.tries()));
    }
  }

  private void fail(Asked asked, FailureKind kind, String problem)
      throws IOException, ProcessException {
    done(asked, new Answer.Failed(kind, problem));
  }

  private void done(Asked asked, Answer answer) throws IOException, ProcessException {
    processes.resume(asked.id(), answer);
    reached.remove(asked.id());
  }

  @Override
  public void destroy() {
    aside.close();
  }
}
