package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.event.Event.SubmissionIntended.Member;
import io.twinflow.engine.core.fold.AttemptPhase;
import io.twinflow.engine.core.fold.OpenBatch;
import io.twinflow.engine.core.fold.OpenTask;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.engine.core.secret.SecretTask;
import io.twinflow.engine.core.site.Site;
import io.twinflow.engine.core.turns.Claimant;
import io.twinflow.engine.core.turns.Seat;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.api.Batch;
import io.twinflow.executors.api.BatchHandle;
import io.twinflow.executors.api.Executor;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything between the run and one of its sites. A batch is journaled before the site hears of
 * it; an answer that was lost is looked up by the batch's key; silence is never a failure.
 */
final class SiteSubmissions {

  private static final int MOST_IN_BATCH = 512;

  private final RunSetting setting;
  private final Site site;
  private final Executor executor;
  private final RunFold fold;
  private final Ledger ledger;
  private final Stance stance;
  private final Effects effects;
  private final Mailbox mailbox;
  private final Tasks tasks;
  private final Cancels cancels;
  private final Notices notices;
  private final TellWaits waits;
  private final int depth;
  private final Seat seat;
  private final int batchLimit;

  /** Batches that the site was not surely told, with how often it was tried. */
  private final Map<Long, Integer> unanswered = new HashMap<>();

  /** Those of them that this engine submits; the others it only looks up. */
  private final Map<Long, Batch> own = new HashMap<>();

  SiteSubmissions(
      Site site,
      RunSetting setting,
      RunFold fold,
      Ledger ledger,
      Stance stance,
      Effects effects,
      Mailbox mailbox,
      Tasks tasks,
      Cancels cancels,
      Notices notices) {
    this.setting = setting;
    this.site = site;
    this.executor = site.executor();
    this.fold = fold;
    this.ledger = ledger;
    this.stance = stance;
    this.effects = effects;
    this.mailbox = mailbox;
    this.tasks = tasks;
    this.cancels = cancels;
    this.notices = notices;
    this.waits = new TellWaits(site, setting, notices, mailbox, tasks);
    this.depth = site.slots();
    this.seat = setting.sites().turns().enter(claimant(), () -> mailbox.send(new Message.Turn()));
    this.batchLimit = Math.clamp(executor.capabilities().maxBatch(), 1, MOST_IN_BATCH);
  }

  private Claimant claimant() {
    Event.RunCreated created = fold.created();
    return new Claimant(
        setting.run(),
        site.name(),
        created.subject(),
        created.workflowName(),
        created.options().priority());
  }

  int depth() {
    return depth;
  }

  /** Whether the site would not run dry if nothing more came for a while. */
  boolean areEnough() {
    return stance.mayStart() && tasks.sites().there(site) > depth / 2;
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
    int ready = stance.mayStart() ? tasks.sites().ready(site) : 0;
    int may = seat.settle(tasks.sites().there(site), ready);
    while (may > 0 && stance.mayStart() && tasks.sites().ready(site) > 0) {
      String reason = null;
      List<Member> members = new ArrayList<>();
      List<TaskSpec> specs = new ArrayList<>();
      while (members.size() < batchLimit && may > 0) {
        LiveTask next = tasks.sites().next(site, reason);
        if (next == null) {
          break;
        }
        reason = AtSites.reason(next);
        tasks.submitting(next);
        may--;
        members.add(new Member(next.task.number(), next.attempt));
        specs.add(Objects.requireNonNull(next.prepared).spec());
      }
      long number = fold.nextBatch();
      ledger.emit(
          new Event.SubmissionIntended(
              number, site.name(), ledger.epoch(), members, reason == null ? "" : reason));
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
      ledger.afterCommit(() -> cancels.ask(site, List.copyOf(message.handle().attempts())));
    }
  }

  private @Nullable OpenBatch answered(long number) {
    unanswered.remove(number);
    own.remove(number);
    return fold.openBatch(number);
  }

  private void watch(BatchHandle handle) {
    site.monitor().watch(handle, mailbox::send);
    waits.begin();
    site.terms()
        .queueTimeout()
        .ifPresent(patience ->
            mailbox.sendAt(
                setting.clock().instant().plus(patience),
                new Message.QueuedLong(handle.key().batch())));
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
                  cause.kind(), "site.refused", "%s: %s".formatted(spec.name(), refusal(cause))));
        }
      }
      return;
    }
    int tries = unanswered.merge(message.batch(), 1, Integer::sum);
    notices.once(
        site.name(),
        "site %s takes nothing now (%s); it is asked again and again"
            .formatted(site.name(), cause.getMessage()));
    Duration wait = setting.retries().waitAfter(tries - 1);
    mailbox.sendAt(setting.clock().instant().plus(wait), new Message.AskAgain(message.batch()));
  }

  /** Most sites' words begin with the site. */
  private String refusal(SiteException cause) {
    String words = String.valueOf(cause.getMessage());
    return words.startsWith("site " + site.name())
        ? words
        : "site %s refused it: %s".formatted(site.name(), words);
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
        Set<AttemptKey> there = handle.map(BatchHandle::attempts).orElse(Set.of());
        List<AttemptKey> missing = attempts.stream().filter(a -> !there.contains(a)).toList();
        if (!missing.isEmpty() && !isOwn) {
          // Whoever submitted them may only be asleep, and have them waiting.
          executor.revoke(missing);
        }
        return new Message.Found(number, handle);
      } catch (SiteException e) {
        return new Message.SiteFailed(number, e);
      }
    });
  }

  /** The site was asked what it knows of a batch. */
  void found(Message.Found message) {
    Batch mine = own.get(message.batch());
    if (mine != null && message.handle().isPresent()) {
      submitted(new Message.Submitted(message.batch(), message.handle().get()));
    } else if (mine != null && stance.mayStart()) {
      effects.wait(() -> submit(message.batch(), mine));
    } else {
      takeUp(message);
    }
  }

  /**
   * A batch that this engine does not submit (again): what the site has of it is followed, and what
   * it has not is lost.
   */
  private void takeUp(Message.Found message) {
    Optional<BatchHandle> handle = message.handle();
    OpenBatch batch = answered(message.batch());
    if (batch == null) {
      return;
    }
    BatchHandle found =
        handle.orElseGet(() -> new BatchHandle(setting.batchKey(message.batch()), Set.of(), ""));
    for (OpenTask task : missing(batch, found)) {
      tasks.lostWithEngine(task, site, "the site never had it");
    }
    for (long number : List.copyOf(batch.open().keySet())) {
      OpenTask task = fold.openTask(number);
      if (task != null && tasks.live(number) == null) {
        tasks.adopt(task, site);
      }
    }
    if (handle.isPresent()) {
      watch(found);
      if (stance.isCancelling()) {
        cancels.ask(site, List.copyOf(found.attempts()));
      }
    }
  }

  /** Tells what waits here for something. */
  void tellWaits() {
    waits.look();
  }

  /** A batch was submitted so long ago that what still waits goes elsewhere, if it can. */
  void queuedLong(OpenBatch batch) {
    List<AttemptKey> late = new ArrayList<>();
    batch
        .open()
        .forEach((number, attempt) -> {
          LiveTask task = tasks.live(number);
          if (task != null && isMovable(task) && task.attempt == attempt) {
            task.moving = true;
            late.add(setting.attemptKey(number, attempt));
          }
        });
    if (!late.isEmpty()) {
      cancels.ask(site, late);
    }
  }

  private static boolean isMovable(LiveTask task) {
    return task.stage == LiveTask.Stage.AT_SITE
        && task.task.attemptPhase() == AttemptPhase.INTENDED
        && task.prepared != null
        && !task.prepared.chosen().others().isEmpty();
  }

  /** After a journal was folded: looks a batch up that has no end. */
  void recover(OpenBatch batch) {
    unanswered.put(batch.number(), 0);
    ledger.afterCommit(() -> find(batch.number()));
  }

  /** A batch has ended meanwhile: whatever was to be asked of it does not matter. */
  void forget(long batch) {
    answered(batch);
  }
}
