package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Answer;
import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.core.FailureException;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Begins the work that processes ask for. */
@Component
final class BeginWork {

  private static final int AT_ONCE = 200;

  /** A pause doubles up to about four minutes. */
  private static final int MOST_DOUBLINGS = 8;

  private final Processes processes;
  private final SubmitWork submit;
  private final CallOut call;
  private final DecideWork decide;

  BeginWork(Processes processes, SubmitWork submit, CallOut call, DecideWork decide) {
    this.decide = decide;
    this.call = call;
    this.processes = processes;
    this.submit = submit;
  }

  void all() throws IOException {
    if (!processes.isStarted()) {
      return;
    }
    for (Asked asked : processes.asked(AT_ONCE)) {
      Each.tryIt(asked.instance(), () -> begin(asked));
    }
  }

  private void begin(Asked asked) throws IOException, FailureException, ProcessException {
    try {
      switch (asked.kind()) {
        case "run", "tool" -> submit.of(asked);
        case "decide" -> decide.begin(asked);
        case "http", "webhook", "mail" -> call.begin(asked);
        default ->
            throw new CannotBeDoneException(
                FailureKind.USER,
                "this server does not do what tw:%s asks for".formatted(asked.kind()));
      }
    } catch (CannotBeDoneException e) {
      processes.resume(asked.id(), new Answer.Failed(e.kind(), String.valueOf(e.getMessage())));
    } catch (FailureException | IOException e) {
      processes.again(
          asked.id(), Duration.ofSeconds(1L << Math.min(asked.tries(), MOST_DOUBLINGS)));
      throw e;
    }
  }
}
