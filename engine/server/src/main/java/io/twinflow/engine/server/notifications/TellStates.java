package io.twinflow.engine.server.notifications;

import io.twinflow.engine.server.net.OutgoingUrls;
import io.twinflow.engine.server.notifications.Outbox.Due;
import io.twinflow.engine.server.runs.NoSuchRunException;
import io.twinflow.engine.server.runs.RunRow;
import io.twinflow.engine.server.runs.Runs;
import io.twinflow.engine.server.security.Caller;
import io.twinflow.engine.server.tell.HttpCall;
import io.twinflow.engine.server.tell.Outcome;
import io.twinflow.engine.server.tell.Reached;
import io.twinflow.engine.server.tell.SendHttp;
import io.twinflow.engine.server.tell.SendMail;
import io.twinflow.engine.server.tell.Tries;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Tells what has come true, at least once each, trying again for about two hours. */
@Component
final class TellStates implements SmartLifecycle {

  private static final Logger LOG = System.getLogger(TellStates.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int AT_ONCE = 50;
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;
  private static final int GONE = 410;

  private final Outbox outbox;
  private final Runs runs;
  private final WriteNotice write;
  private final SendHttp http;
  private final SendMail mail;
  private final Map<String, Reached> reached = new ConcurrentHashMap<>();
  private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  TellStates(Outbox outbox, Runs runs, WriteNotice write, SendHttp http, SendMail mail) {
    this.outbox = outbox;
    this.runs = runs;
    this.write = write;
    this.http = http;
    this.mail = mail;
  }

  @Override
  public void start() {
    running = true;
    threads = Executors.newVirtualThreadPerTaskExecutor();
    threads.execute(this::look);
  }

  private void look() {
    while (running) {
      try {
        List<Due> taken = outbox.take(AT_ONCE);
        taken.forEach(due -> threads.execute(() -> tell(due)));
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (running) {
          LOG.log(Level.WARNING, "notifications wait: {0}", e.getMessage());
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** What cannot be written down now is told again when it is not held any more. */
  private void tell(Due due) {
    try {
      switch (send(due)) {
        case Outcome.Taken _ -> done(due);
        case Outcome.Answered(OutgoingUrls.Reply reply)
            when reply.status() >= OK_FROM && reply.status() <= OK_TO ->
            done(due);
        case Outcome.Answered(OutgoingUrls.Reply reply) when reply.status() == GONE ->
            giveUp(due, "it answers 410: nobody wants to be told there any more");
        case Outcome.Answered(OutgoingUrls.Reply reply) ->
            again(due, "it answers " + reply.status());
        case Outcome.Later(String problem) -> again(due, problem);
        case Outcome.Refused(String problem) -> giveUp(due, problem);
      }
    } catch (NoSuchRunException e) {
      giveUp(due, "the run was deleted");
    } catch (RuntimeException e) {
      if (running) {
        LOG.log(Level.WARNING, "the notification {0} waits: {1}", due.key(), e.getMessage());
      }
    }
  }

  private Outcome send(Due due) throws NoSuchRunException {
    // Whether they may see it was asked when they wanted to be told.
    RunRow run = runs.get(new Caller(due.tenant(), due.subject(), true), due.run());
    return switch (due.target()) {
      case Target.Webhook(String url, String secret) ->
          http.send(
              HttpCall.webhook(URI.create(url), due.key(), write.json(due, run), secret),
              due.subject());
      case Target.Letter(List<String> to) ->
          mail.send(
              write.mail(due, to, run),
              due.subject(),
              reached.computeIfAbsent(due.key(), key -> new Reached()));
    };
  }

  private void done(Due due) {
    outbox.told(due);
    reached.remove(due.key());
  }

  private void again(Due due, String problem) {
    if (Tries.areOver(due.tries() + 1)) {
      giveUp(due, Tries.over(problem));
    } else {
      outbox.again(due, problem, Tries.pause(due.tries()));
    }
  }

  private void giveUp(Due due, String problem) {
    outbox.giveUp(due, problem);
    reached.remove(due.key());
  }

  @Override
  public void stop() {
    running = false;
    threads.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
