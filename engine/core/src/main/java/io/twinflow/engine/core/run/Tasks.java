package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.Execution;
import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.event.Payload;
import io.twinflow.engine.core.event.Raised;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.fold.TaskPhase;
import io.twinflow.engine.core.plan.PlannedProcess;
import io.twinflow.engine.core.site.ChooseSite;
import io.twinflow.engine.core.site.Site;
import io.twinflow.engine.core.task.PreparedTask;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.workflowdefs.expression.EvaluationOwner;
import io.twinflow.workflowdefs.value.RecordValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a run from their making to their end: prepared, submitted, concluded, tried again.
 */
final class Tasks {

  private final RunSetting setting;
  private final RunFold fold;
  private final Ledger ledger;
  private final Stance stance;
  private final Effects effects;
  private final Mailbox mailbox;
  private final Notices notices;
  private final Map<Long, LiveTask> live = new HashMap<>();
  private final AtSites sites = new AtSites();
  private int concluding;

  Tasks(
      RunSetting setting,
      RunFold fold,
      Ledger ledger,
      Stance stance,
      Effects effects,
      Mailbox mailbox,
      Notices notices) {
    this.setting = setting;
    this.fold = fold;
    this.ledger = ledger;
    this.stance = stance;
    this.effects = effects;
    this.mailbox = mailbox;
    this.notices = notices;
  }

  /** Tasks that have not ended. */
  int open() {
    return fold.openTasks().size();
  }

  /** Attempts that a site has or had, and whose end is not yet journaled. */
  int out() {
    return sites.there() + concluding;
  }

  /** Those that are at sites, and those that are ready for them. */
  AtSites sites() {
    return sites;
  }

  /** Whether attempts are being prepared, or are further. */
  boolean isAnyComing() {
    return !live.isEmpty();
  }

  Collection<LiveTask> live() {
    return live.values();
  }

  @Nullable LiveTask live(long task) {
    return live.get(task);
  }

  /** Whether its attempt has ended at the site, and only its outputs are not yet collected. */
  boolean isConcluding(long task) {
    LiveTask known = live.get(task);
    return known != null && known.stage == LiveTask.Stage.CONCLUDING;
  }

  /** Prepares the next attempt of a task. */
  void start(OpenTask task) {
    prepare(
        new LiveTask(task, task.attempts() + 1, LiveTask.Stage.PREPARING),
        setting.sites().choice(stance.options(), task.avoid()),
        false);
  }

  /** Takes up an attempt that an earlier engine submitted. */
  void adopt(OpenTask task, Site site) {
    LiveTask adopted = new LiveTask(task, task.attempts(), LiveTask.Stage.AT_SITE);
    adopted.site = site;
    sites.arrived(adopted);
    prepare(adopted, ChooseSite.always(site.executor()), true);
  }

  private void prepare(LiveTask task, ChooseSite choice, boolean again) {
    OpenTask open = task.task;
    live.put(open.number(), task);
    PrepareTask effect = new PrepareTask(setting, stance.options(), choice, open);
    long number = open.number();
    int attempt = task.attempt;
    effects.compute(() ->
        EvaluationOwner.inTask(
            number,
            () -> new Message.Prepared(number, attempt, effect.attempt(number, attempt, again))));
  }

  void prepared(Message.Prepared message) {
    LiveTask task = live.get(message.task());
    if (task == null || task.attempt != message.attempt()) {
      return;
    }
    boolean adopted = task.stage == LiveTask.Stage.AT_SITE;
    if (!adopted && stance.isEnding()) {
      live.remove(message.task());
      return;
    }
    switch (message.result()) {
      case Preparation.Done done -> {
        live.remove(message.task());
        succeed(task, 0, done.outputs(), done.origin(), null, done.key());
      }
      case Preparation.Failed failed -> {
        if (adopted && stance.isCancelling() && task.waitingEnd == null) {
          // What it is does not matter any more; that the site has stopped it does.
          return;
        }
        if (adopted) {
          sites.left(task);
          stopAtSite(task);
        }
        failed(task, failed.failure(), null, null);
      }
      case Preparation.Ready prepared -> {
        task.prepared = prepared.task();
        task.key = prepared.key();
        for (String notice : prepared.task().notices()) {
          notices.once(notice);
        }
        if (!adopted) {
          Site site = setting.sites().of(prepared.task().chosen().executor());
          task.site = site;
          task.stage = LiveTask.Stage.READY;
          sites.ready(task);
        } else if (task.waitingEnd != null) {
          conclude(task, prepared.task(), task.waitingEnd);
        }
      }
    }
  }

  /** An attempt whose outputs cannot be collected need not go on. */
  private void stopAtSite(LiveTask task) {
    Site site = AtSites.of(task);
    ledger.afterCommit(() ->
        effects.tidy(() -> {
          try {
            site.executor().cancel(List.of(key(task)));
          } catch (SiteException e) {
            mailbox.send(
                new Message.SiteTrouble(
                    site.name(), "an attempt goes on in vain: " + e.getMessage()));
          }
        }));
    release(task);
  }

  void submitting(LiveTask task) {
    task.stage = LiveTask.Stage.AT_SITE;
    task.submitted = System.nanoTime();
    sites.arrived(task);
  }

  /** The site says that the present attempt of a task has ended. */
  void ended(LiveTask task, TaskResult result) {
    if (task.stage != LiveTask.Stage.AT_SITE) {
      return;
    }
    PreparedTask prepared = task.prepared;
    if (stance.isCancelling()) {
      sites.left(task);
      live.remove(task.task.number());
      release(task);
      discarded(
          task.task.number(),
          task.attempt,
          prepared == null ? null : ConcludeAttempt.execution(prepared, result, List.of()));
    } else if (task.isTakenBack(result)) {
      moved(task);
    } else if (prepared == null) {
      task.waitingEnd = result;
    } else {
      conclude(task, prepared, result);
    }
  }

  private void discarded(long task, int attempt, @Nullable Execution execution) {
    ledger.emit(new Event.AttemptDiscarded(task, attempt, "the run was cancelled", execution));
  }

  /** It waited too long, was taken back there, and is tried elsewhere: that costs no retry. */
  private void moved(LiveTask task) {
    gone(
        task,
        OpenTask.MOVED,
        "it waited too long at site %s, and is moved".formatted(AtSites.of(task).name()));
  }

  private void gone(LiveTask task, String code, String how) {
    sites.left(task);
    release(task);
    String message = task.task.address() + ": " + how;
    failed(task, new Failure(FailureKind.INFRASTRUCTURE, code, message), null, null);
  }

  private void conclude(LiveTask task, PreparedTask prepared, TaskResult result) {
    sites.left(task);
    concluding++;
    task.stage = LiveTask.Stage.CONCLUDING;
    long number = task.task.number();
    int attempt = task.attempt;
    ConcludeAttempt effect =
        new ConcludeAttempt(
            setting,
            task.task.address(),
            ((PlannedProcess.Tool) task.task.process()).tool(),
            prepared,
            RetryPolicy.raises(stance.options()));
    effects.collect(() ->
        EvaluationOwner.inTask(
            number, () -> new Message.Concluded(number, attempt, effect.of(result))));
  }

  void concluded(Message.Concluded message) {
    concluding--;
    LiveTask task = live.get(message.task());
    if (task == null || task.attempt != message.attempt()) {
      return;
    }
    release(task);
    switch (message.result()) {
      case Conclusion.Succeeded done -> {
        live.remove(message.task());
        if (stance.isCancelling()) {
          discarded(message.task(), task.attempt, done.execution());
          return;
        }
        succeed(
            task, task.attempt, done.outputs(), new Origin.Executed(), done.execution(), task.key);
      }
      case Conclusion.Failed failed ->
          failed(task, failed.failure(), failed.execution(), failed.raised());
    }
  }

  private void succeed(
      LiveTask task,
      int attempt,
      RecordValue outputs,
      Origin origin,
      @Nullable Execution execution,
      Event.@Nullable CacheKey key) {
    Payload stored;
    try {
      stored = setting.payloads().store(outputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long number = task.task.number();
    String address = task.task.address();
    ledger.emit(new Event.TaskSucceeded(number, attempt, stored, origin, execution, key));
    if (key != null && execution != null) {
      Shortcut.Kept kept =
          new Shortcut.Kept(
              number,
              address,
              outputs,
              execution.artifacts(),
              Optional.ofNullable(execution.imageDigest()));
      ledger.afterSomeCommit(() ->
          effects.tidy(() -> setting.shortcuts().forEach(shortcut -> shortcut.keep(key, kept))));
    }
  }

  /**
   * The attempt failed: another one if it gets more, or its kind has budget left; else the task has
   * failed.
   */
  private void failed(
      LiveTask task, Failure failure, @Nullable Execution execution, @Nullable Raised raised) {
    OpenTask open = task.task;
    live.remove(open.number());
    if (stance.isCancelling()) {
      discarded(open.number(), task.attempt, execution);
    } else if (!stance.isStopping()
        && (raised != null || setting.retries().allows(open, failure, stance.options()))) {
      Instant at =
          setting.clock().instant().plus(setting.retries().waitAfter(open.failuresLike(failure)));
      Failure told = raised == null ? failure : FailureText.raised(failure, raised.reason());
      ledger.emit(
          new Event.AttemptFailed(open.number(), task.attempt, told, execution, at, raised));
      mailbox.sendAt(at, new Message.Retry(open.number()));
    } else {
      ledger.emit(new Event.TaskFailed(open.number(), task.attempt, failure, execution));
    }
  }

  /** The site will not have the attempt. */
  void refused(LiveTask task, Failure failure) {
    sites.left(task);
    failed(task, failure, null, null);
  }

  /** The site has nothing of the attempt any more. */
  void lost(LiveTask task, String reason) {
    if (task.stage != LiveTask.Stage.AT_SITE) {
      return;
    }
    String site = AtSites.of(task).name();
    gone(task, "attempt.lost", "the attempt was lost at site %s: %s".formatted(site, reason));
  }

  /** An earlier engine's attempt is gone: nobody's fault, so another one is made at once. */
  void lostWithEngine(OpenTask task, Site site, String reason) {
    LiveTask known = live.get(task.number());
    if (known != null) {
      if (known.stage != LiveTask.Stage.AT_SITE) {
        return;
      }
      live.remove(task.number());
      sites.left(known);
    }
    if (stance.isCancelling()) {
      discarded(task.number(), task.attempts(), null);
      return;
    }
    sites.over(site, setting.attemptKey(task.number(), task.attempts()));
    ledger.emit(new Event.AttemptLost(task.number(), task.attempts(), reason));
    if (stance.mayStart()) {
      start(task);
    }
  }

  /** Makes the next attempt if it is due; what a pause keeps back waits for {@link #startDue}. */
  void retry(long number) {
    OpenTask task = fold.openTask(number);
    if (task != null
        && stance.mayStart()
        && task.phase() != TaskPhase.ACTIVE
        && !live.containsKey(number)
        && !task.retryAt().isAfter(setting.clock().instant())) {
      start(task);
    }
  }

  /** After a pause, or by a new engine: every task without an attempt gets one when it is due. */
  void startDue() {
    for (OpenTask task : fold.openTasks()) {
      if (task.phase() != TaskPhase.ACTIVE && !live.containsKey(task.number())) {
        mailbox.sendAt(task.retryAt(), new Message.Retry(task.number()));
      }
    }
  }

  private void release(LiveTask task) {
    sites.over(AtSites.of(task), key(task));
  }

  private AttemptKey key(LiveTask task) {
    return setting.attemptKey(task.task.number(), task.attempt);
  }

  /** What ended in this turn is let go by the site, once the journal has its end. */
  void releaseEnded() {
    sites.drain((site, keys) ->
        ledger.afterSomeCommit(() -> effects.tidy(() -> site.executor().release(keys))));
  }
}
