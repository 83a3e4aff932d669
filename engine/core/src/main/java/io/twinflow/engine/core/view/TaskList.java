package io.twinflow.engine.core.view;

import io.twinflow.engine.core.event.Envelope;
import io.twinflow.engine.core.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The tasks of a run whose address is wanted, in the order they were made. */
public final class TaskList implements Consumer<Envelope> {

  private final Predicate<String> wanted;
  private final Addresses addresses = new Addresses();
  private final Map<Long, TaskView> tasks = new LinkedHashMap<>();
  private final Set<Long> changed = new LinkedHashSet<>();

  /**
   * @param wanted tells by its address whether a task is kept
   */
  public TaskList(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * Whether an address is a step or lies in it: {@code calibrate} and {@code /calibrate} name every
   * shard, {@code /calibrate[17]} one, {@code simulate} any step of that name, {@code
   * catchment/simulate} that step in every shard of {@code catchment}.
   */
  public static Predicate<String> in(String step) {
    boolean fromRoot = step.startsWith("/");
    String[] wanted = (fromRoot ? step.substring(1) : step).split("/", -1);
    return address -> {
      String[] parts = address.substring(1).split("/", -1);
      int last = fromRoot ? 0 : parts.length - wanted.length;
      for (int first = 0; first <= last; first++) {
        if (fitsAt(first, parts, wanted)) {
          return true;
        }
      }
      return false;
    };
  }

  private static boolean fitsAt(int first, String[] parts, String[] wanted) {
    if (first + wanted.length > parts.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      String part = parts[first + i];
      String name = wanted[i];
      boolean fits =
          part.startsWith(name)
              && (part.length() == name.length() || "[#".indexOf(part.charAt(name.length())) >= 0);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  @Override
  public synchronized void accept(Envelope envelope) {
    Event event = envelope.event();
    addresses.accept(event);
    switch (event) {
      case Event.TaskCreated e -> {
        String address = addresses.of(e.place());
        if (wanted.test(address)) {
          tasks.put(e.task(), TaskView.created(e.task(), address));
          changed.add(e.task());
        }
      }
      case Event.SubmissionIntended e ->
          e.members()
              .forEach(
                  m -> change(m.task(), task -> task.submitted(m.attempt(), e.site(), e.reason())));
      case Event.AttemptStarted e -> change(e.task(), task -> task.started(e.at()));
      case Event.AttemptFailed e -> change(e.task(), task -> task.retrying(e));
      case Event.TaskSucceeded e -> change(e.task(), task -> task.succeeded(e, envelope.time()));
      case Event.TaskFailed e -> change(e.task(), task -> task.failed(e, envelope.time()));
      case Event.AttemptLost e -> change(e.task(), task -> task.lost(e));
      case Event.AttemptDiscarded e -> change(e.task(), task -> discarded(task, e, envelope));
      case Event.NoticeGiven e -> {}
      case Event.RunCreated e -> {}
      case Event.RunOwned e -> {}
      case Event.StepScattered e -> {}
      case Event.InvocationSkipped e -> {}
      case Event.InvocationFailed e -> {}
      case Event.ScopeOpened e -> {}
      case Event.LoopEnded e -> {}
      case Event.SubmissionConfirmed e -> {}
      case Event.ScopeSucceeded e -> {}
      case Event.ScopeFailed e -> {}
      case Event.CancelRequested e -> {}
      case Event.PauseRequested e -> {}
      case Event.PauseEnded e -> {}
      case Event.RunEnded e ->
          List.copyOf(tasks.keySet())
              .forEach(number -> change(number, task -> task.cancelled(envelope.time())));
    }
    addresses.forget(event);
  }

  /** Late results of earlier attempts are discarded too, and say nothing of the present one. */
  private static TaskView discarded(
      TaskView task, Event.AttemptDiscarded discarded, Envelope envelope) {
    return discarded.attempt() == task.attempts() ? task.cancelled(envelope.time()) : task;
  }

  private void change(long task, UnaryOperator<TaskView> change) {
    TaskView before = tasks.get(task);
    if (before != null) {
      TaskView after = change.apply(before);
      tasks.put(task, after);
      if (!after.equals(before)) {
        changed.add(task);
      }
    }
  }

  /**
   * Those that have changed since this was last asked, as they are now; the ended ones among them
   * are forgotten, so that a long run is followed in the memory of its open tasks.
   */
  public synchronized List<TaskView> takeChanged() {
    List<TaskView> taken = new ArrayList<>(changed.size());
    for (long task : changed) {
      TaskView view = tasks.get(task);
      if (view != null) {
        taken.add(view);
        if (view.state().isFinal()) {
          tasks.remove(task);
        }
      }
    }
    changed.clear();
    return taken;
  }

  /** As they are now. */
  public synchronized List<TaskView> tasks() {
    return new ArrayList<>(tasks.values());
  }
}
