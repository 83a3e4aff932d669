package io.twinflow.engine.server.backup;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The attempts of a run that have not ended. They belong to the server that was backed up and may
 * still run there: a restored one makes them again.
 */
final class OpenAttempts implements Consumer<Envelope> {

  private record Attempt(long task, int attempt) {}

  private final Set<Attempt> open = new HashSet<>();

  @Override
  public void accept(Envelope envelope) {
    switch (envelope.event()) {
      case Event.SubmissionIntended e ->
          e.members().forEach(member -> open.add(new Attempt(member.task(), member.attempt())));
      case Event.AttemptFailed e -> open.remove(new Attempt(e.task(), e.attempt()));
      case Event.AttemptLost e -> open.remove(new Attempt(e.task(), e.attempt()));
      case Event.AttemptDiscarded e -> open.remove(new Attempt(e.task(), e.attempt()));
      case Event.TaskSucceeded e -> open.remove(new Attempt(e.task(), e.attempt()));
      case Event.TaskFailed e -> open.remove(new Attempt(e.task(), e.attempt()));
      case Event.RunCreated _,
          Event.RunOwned _,
          Event.StepScattered _,
          Event.InvocationSkipped _,
          Event.InvocationFailed _,
          Event.ScopeOpened _,
          Event.TaskCreated _,
          Event.LoopEnded _,
          Event.SubmissionConfirmed _,
          Event.AttemptStarted _,
          Event.ScopeSucceeded _,
          Event.ScopeFailed _,
          Event.NoticeGiven _,
          Event.CancelRequested _,
          Event.PauseRequested _,
          Event.PauseEnded _,
          Event.RunEnded _ -> {}
    }
  }

  /** By the name of the attempt's folder below the run's working folder. */
  boolean isOpen(String folder) {
    return open.stream()
        .anyMatch(attempt -> folder.equals(attempt.task() + "." + attempt.attempt()));
  }
}
