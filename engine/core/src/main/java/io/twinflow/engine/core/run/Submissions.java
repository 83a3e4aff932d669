package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.SubmissionIntended.Member;
import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.fold.OpenBatch;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.secret.SecretTask;
import io.twinflow.engine.core.turns.Claimant;
import io.twinflow.engine.core.turns.Seat;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.Observation;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import io.twinflow.executors.api.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the run and its site. A batch is journaled before the site hears of it; an
 * answer that was lost is looked up by the batch's key; silence is never a failure.
 */
final class Submissions {

  private static final int MOST_IN_BATCH = 512;

  private final RunSetting setting;
  private final Executor executor;
  private final RunFold fold;
  private final Ledger ledger;
  private final Stance stance;
  private final Effects effects;
  private final Mailbox mailbox;
  private final Tasks tasks;
  private final int depth;
  private final Seat seat;
  private final int batchLimit;

  /** Batches that the site was not surely told, with how often it was tried. */
  private final Map<Long, Integer> unanswered = new HashMap<>();

  /** Those of them that this engine submits; the others it only looks up. */
  private final Map<Long, Batch> own = new HashMap<>();

  /** Attempts whose late results were recorded. */
  private final Set<AttemptKey> discarded = new HashSet<>();

  Submissions(
      RunSetting setting,
      RunFold fold,
      Ledger ledger,
      Stance stance,
      Effects effects,
      Mailbox mailbox,
      Tasks tasks) {
    this.setting = setting;
    this.executor = setting.executor();
    this.fold = fold;
    this.ledger = ledger;
    this.stance = stance;
    this.effects = effects;
    this.mailbox = mailbox;
    this.tasks = tasks;
    this.depth = setting.turns().slots();
    this.seat = setting.turns().enter(claimant(), () -> mailbox.send(new Message.Turn()));
    this.batchLimit = Math.clamp(executor.capabilities().maxBatch(), 1, MOST_IN_BATCH);
  }

  private Claimant claimant() {
    Event.RunCreated created = fold.created();
    return new Claimant(
        setting.run(), created.subject(), created.workflowName(), created.options().priority());
  }

  int depth() {
    return depth;
  }

  /** Whether the site would not run dry if nothing more came for a while. */
  boolean areEnough() {
    return stance.mayStart() && tasks.atSite() > depth / 2;
  }

  boolean isAnyUnanswered() {
    return !unanswered.isEmpty();
  }

  /** Gives the slots at the site back that this run had. */
  void leave() {
    seat.close();
  }

  /** Hands ready attempts to the site, as many as this run's turn allows. */
  void submit() {
    int may = seat.settle(tasks.atSite(), stance.mayStart() ? tasks.readyCount() : 0);
    while (may > 0 && stance.mayStart() && tasks.readyCount() > 0) {
      List<Member> members = new ArrayList<>();
      List<TaskSpec> specs = new ArrayList<>();
      while (members.size() < batchLimit && may > 0) {
        LiveTask next = tasks.nextReady();
        if (next == null) {
          break;
        }
        tasks.submitting(next);
        may--;
        members.add(new Member(next.task.number(), next.attempt));
        specs.add(Objects.requireNonNull(next.prepared).spec());
      }
      long number = fold.nextBatch();
      ledger.emit(new Event.SubmissionIntended(number, executor.site(), ledger.epoch(), members));
      Batch batch = new Batch(setting.batchKey(number), specs);
      unanswered.put(number, 0);
      own.put(number, batch);
      ledger.afterCommit(() -> effects.wait(() -> submit(number, batch)));
    }
  }

  private Message submit(long number, Batch batch) {
    try {
      if (!ledger.isSurelyOwned()) {
        throw new SiteException(
            SiteException.Certainty.NOTHING_HAPPENED,
            FailureKind.INFRASTRUCTURE,
            "this engine slept past its lease");
      }
      BatchHandle handle = executor.submit(SecretTask.reveal(batch, setting.secrets()));
      return new Message.Submitted(number, handle);
    } catch (SiteException e) {
      return new Message.SiteFailed(number, e);
    }
  }

  void submitted(Message.Submitted message) {
    OpenBatch batch = answered(message.batch());
    if (batch == null) {
      return;
    }
    ledger.emit(new Event.SubmissionConfirmed(message.batch(), message.handle().siteId()));
    watch(message.handle());
    for (OpenTask task : missing(batch, message.handle())) {
      LiveTask known = tasks.live(task.number());
      if (known != null) {
        tasks.lost(known, "the site did not take it");
      }
    }
    if (stance.isCancelling()) {
      ledger.afterCommit(() -> cancel(List.copyOf(message.handle().attempts())));
    }
  }

  private @Nullable OpenBatch answered(long number) {
    unanswered.remove(number);
    own.remove(number);
    return fold.openBatch(number);
  }

  private void watch(BatchHandle handle) {
    setting.monitor().watch(handle, mailbox::send);
  }

  /** The tasks of a batch whose attempts the site does not have and never will. */
  private List<OpenTask> missing(OpenBatch batch, BatchHandle handle) {
    List<OpenTask> missing = new ArrayList<>();
    batch
        .open()
        .forEach((number, attempt) -> {
          OpenTask task = fold.openTask(number);
          if (task != null && !handle.attempts().contains(setting.attemptKey(number, attempt))) {
            missing.add(task);
          }
        });
    return missing;
  }

  void siteFailed(Message.SiteFailed message) {
    SiteException cause = message.cause();
    Batch batch = own.get(message.batch());
    boolean refused =
        cause.certainty() == SiteException.Certainty.NOTHING_HAPPENED
            && cause.kind() != FailureKind.INFRASTRUCTURE;
    if (refused && batch != null) {
      answered(message.batch());
      for (TaskSpec spec : batch.tasks()) {
        LiveTask task = tasks.live(spec.attempt().task());
        if (task != null) {
          tasks.refused(
              task,
              new Failure(
                  cause.kind(),
                  "site.refused",
                  "%s: site %s refused it: %s"
                      .formatted(spec.name(), executor.site(), cause.getMessage())));
        }
      }
      return;
    }
    int tries = unanswered.merge(message.batch(), 1, Integer::sum);
    tasks.notice(
        "site %s cannot be asked (%s); it is asked again and again"
            .formatted(executor.site(), cause.getMessage()));
    Duration wait = setting.retries().waitAfter(tries - 1);
    mailbox.sendAt(setting.clock().instant().plus(wait), new Message.AskAgain(message.batch()));
  }

  /** Looks a batch up whose answer was lost, or that an earlier engine intended. */
  void askAgain(long number) {
    if (unanswered.containsKey(number)) {
      find(number);
    }
  }

  private void find(long number) {
    List<AttemptKey> attempts = new ArrayList<>();
    OpenBatch batch = fold.openBatch(number);
    if (batch != null) {
      batch.open().forEach((task, attempt) -> attempts.add(setting.attemptKey(task, attempt)));
    }
    boolean isOwn = own.containsKey(number);
    effects.wait(() -> {
      try {
        Optional<BatchHandle> handle = executor.find(setting.batchKey(number), attempts);
        if (handle.isEmpty() && !isOwn) {
          executor.revoke(attempts);
        }
        return new Message.Found(number, handle);
      } catch (SiteException e) {
        return new Message.SiteFailed(number, e);
      }
    });
  }

  void found(Message.Found message) {
    Optional<BatchHandle> handle = message.handle();
    Batch again = own.get(message.batch());
    if (handle.isEmpty() && again != null && stance.mayStart()) {
      effects.wait(() -> submit(message.batch(), again));
      return;
    }
    if (handle.isPresent() && again != null) {
      submitted(new Message.Submitted(message.batch(), handle.get()));
      return;
    }
    OpenBatch batch = answered(message.batch());
    if (batch == null) {
      return;
    }
    BatchHandle found =
        handle.orElseGet(() -> new BatchHandle(setting.batchKey(message.batch()), Set.of(), ""));
    for (OpenTask task : missing(batch, found)) {
      tasks.lostWithEngine(task, "the site never had it");
    }
    for (long number : List.copyOf(batch.open().keySet())) {
      OpenTask task = fold.openTask(number);
      if (task != null && tasks.live(number) == null) {
        tasks.adopt(task);
      }
    }
    if (handle.isPresent()) {
      watch(found);
      if (stance.isCancelling()) {
        cancel(List.copyOf(found.attempts()));
      }
    }
  }

  /** After a journal was folded: looks up every batch that has no end. */
  void recover() {
    for (OpenBatch batch : fold.openBatches()) {
      unanswered.put(batch.number(), 0);
      ledger.afterCommit(() -> find(batch.number()));
    }
  }

  void observed(Message.Observed message) {
    Set<AttemptKey> over = new HashSet<>();
    for (Observation observation : message.observations()) {
      if (observation.state() instanceof TaskState.Ended) {
        over.add(observation.attempt());
      }
    }
    for (Observation observation : message.observations()) {
      AttemptKey key = observation.attempt();
      LiveTask task = tasks.live(key.task());
      if (task == null || task.attempt != key.attempt()) {
        late(observation);
        continue;
      }
      switch (observation.state()) {
        case TaskState.Queued _ -> {}
        case TaskState.Running running -> {
          if (!over.contains(key)) {
            started(task, running);
          }
        }
        case TaskState.Ended ended -> tasks.ended(task, ended.result());
        case TaskState.Lost lost -> {
          if (isOfEarlierEngine(task)) {
            tasks.lostWithEngine(task.task, lost.reason());
          } else {
            tasks.lost(task, lost.reason());
          }
        }
      }
    }
  }

  private void started(LiveTask task, TaskState.Running running) {
    boolean first =
        task.stage == LiveTask.Stage.AT_SITE && task.task.attemptPhase() == AttemptPhase.INTENDED;
    if (first) {
      ledger.emit(
          new Event.AttemptStarted(
              task.task.number(), task.attempt, running.since(), running.host()));
    }
  }

  private boolean isOfEarlierEngine(LiveTask task) {
    OpenBatch batch = fold.openBatch(task.task.batch());
    return batch != null && batch.epoch() != ledger.epoch();
  }

  /** A result of an attempt that a later one has replaced. */
  private void late(Observation observation) {
    AttemptKey key = observation.attempt();
    OpenTask task = fold.openTask(key.task());
    if (observation.state() instanceof TaskState.Ended
        && task != null
        && key.attempt() < task.attempts()
        && discarded.add(key)) {
      ledger.emit(
          new Event.AttemptDiscarded(
              key.task(), key.attempt(), "a later attempt has taken its place", null));
    }
  }

  /** Asks the site to stop everything of this run. */
  void cancelAll() {
    List<AttemptKey> keys = new ArrayList<>();
    for (LiveTask task : tasks.live()) {
      if (task.stage == LiveTask.Stage.AT_SITE) {
        keys.add(setting.attemptKey(task.task.number(), task.attempt));
      }
    }
    if (!keys.isEmpty()) {
      ledger.afterCommit(() -> cancel(keys));
    }
  }

  void cancelFailed(Message.CancelFailed message) {
    tasks.notice(message.text());
    mailbox.sendAt(
        setting.clock().instant().plus(setting.retries().waitAfter(0)), new Message.CancelAgain());
  }

  private void cancel(List<AttemptKey> keys) {
    effects.tidy(() -> {
      try {
        executor.cancel(keys);
      } catch (SiteException e) {
        mailbox.send(
            new Message.CancelFailed(
                "site %s did not take the cancel (%s); it is asked again"
                    .formatted(executor.site(), e.getMessage())));
      }
    });
  }

  /** What a site may still be running, in words that an administrator can use. */
  List<String> leftBehind() {
    List<String> left = new ArrayList<>();
    for (OpenBatch batch : fold.openBatches()) {
      batch
          .open()
          .forEach((task, attempt) -> {
            if (tasks.isConcluding(task)) {
              return;
            }
            AttemptKey key = setting.attemptKey(task, attempt);
            left.add(
                "%s at site %s (%s)"
                    .formatted(
                        key.value(),
                        batch.site(),
                        batch.siteId().isEmpty() ? executor.whereabouts(key) : batch.siteId()));
          });
    }
    return left;
  }
}
