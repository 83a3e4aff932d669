package io.twinflow.engine.server.processes;

import io.twinflow.engine.bpmn.Answer;
import io.twinflow.engine.bpmn.Asked;
import io.twinflow.engine.bpmn.ProcessException;
import io.twinflow.engine.bpmn.Processes;
import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.net.RefusedUrlException;
import io.twinflow.executors.api.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Calls what processes want to have called, at least once each: who is called knows a call that
 * came before by its Idempotency-Key. Waits for nobody, so that no process waits for another's
 * server.
 */
@Component
final class CallOut implements DisposableBean {

  private static final int AT_ONCE = 100;
  private static final int MOST_BYTES = 256 << 10;

  /** About two hours, as the pause between two doubles up to some ten minutes. */
  private static final int MOST_TRIES = 16;

  private static final int MOST_DOUBLINGS = 9;

  /** Longer than any call takes. */
  private static final Duration WITHIN = Duration.ofSeconds(90);

  private static final int TOO_MANY = 429;
  private static final int THEIR_FAULT = 500;

  private final Processes processes;
  private final OutgoingUrls outgoing;
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  CallOut(Processes processes, OutgoingUrls outgoing) {
    this.processes = processes;
    this.outgoing = outgoing;
  }

  /** Returns at once; what does not come about because this server dies is begun again later. */
  void begin(Asked asked) throws IOException {
    if (underWay.size() >= AT_ONCE || !underWay.add(asked.id())) {
      return;
    }
    boolean begun = false;
    try {
      processes.hold(asked.id(), WITHIN);
      threads.execute(() -> Each.tryIt(asked.instance(), () -> call(asked)));
      begun = true;
    } finally {
      if (!begun) {
        underWay.remove(asked.id());
      }
    }
  }

  private void call(Asked asked) throws IOException, ProcessException {
    try {
      OutgoingCall call = OutgoingCall.of(asked);
      OutgoingUrls.Reply reply =
          outgoing.call(call.method(), call.url(), call.headers(), call.body(), MOST_BYTES);
      if (reply.status() == TOO_MANY || reply.status() >= THEIR_FAULT) {
        again(asked, "%s answers %d".formatted(call.url(), reply.status()));
      } else {
        processes.resume(asked.id(), new Answer.Done(OutgoingCall.results(reply)));
      }
    } catch (CannotBeDoneException e) {
      fail(asked, e.kind(), String.valueOf(e.getMessage()));
    } catch (RefusedUrlException e) {
      fail(asked, FailureKind.USER, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      again(asked, String.valueOf(e.getMessage()));
    } finally {
      underWay.remove(asked.id());
    }
  }

  private void again(Asked asked, String problem) throws IOException, ProcessException {
    if (asked.tries() + 1 >= MOST_TRIES) {
      fail(
          asked,
          FailureKind.INFRASTRUCTURE,
          "given up after %d tries; the last time: %s".formatted(MOST_TRIES, problem));
    } else {
      processes.again(
          asked.id(), Duration.ofSeconds(1L << Math.min(asked.tries(), MOST_DOUBLINGS)));
    }
  }

  private void fail(Asked asked, FailureKind kind, String problem)
      throws IOException, ProcessException {
    processes.resume(asked.id(), new Answer.Failed(kind, problem));
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }
}
