package io.twinflow.engine.core.run;

import io.twinflow.engine.core.Failure;
import io.twinflow.engine.core.FailureException;
import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event;
import io.twinflow.engine.core.fold.CannotFoldException;
import io.twinflow.engine.core.fold.RunFold;
import io.twinflow.executors.api.FailureKind;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries one run to its end. One thread: it takes messages, decides, journals, and lets effects
 * out, in turns; whatever came in during an fsync is decided in the next turn and shares one. An
 * effect on the world waits for its append and gets it at once; all else is appended soon.
 */
public final class RunLoop {

  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration CANCEL_BOUND = Duration.ofSeconds(15);
  private static final int MOST_MESSAGES = 2_000;
  private static final int SMALLEST_WINDOW = 64;

  /** How long news may wait for more, if nobody waits for them. */
  private static final Duration LINGER = Duration.ofMillis(20);

  private final RunSetting setting;
  private final RunFold fold;
  private final Ledger ledger;
  private final Mailbox mailbox;
  private final Stance stance;
  private final Effects effects;
  private final Notices notices;
  private final Tasks tasks;
  private final Submissions submissions;
  private final SiteNews news;
  private final Cancels cancels;
  private final MakeInvocations invocations;
  private final Endings endings;
  private long committed = System.nanoTime();
  private volatile boolean stopped;

  /**
   * @param fold of the whole journal so far
   */
  public RunLoop(RunSetting setting, RunFold fold, Ledger ledger) {
    this.setting = setting;
    this.fold = fold;
    this.ledger = ledger;
    this.mailbox = new Mailbox(setting.clock());
    this.stance = new Stance(fold);
    this.effects = new Effects(setting, mailbox);
    this.notices = new Notices(fold, ledger);
    this.tasks = new Tasks(setting, fold, ledger, stance, effects, mailbox, notices);
    this.cancels = new Cancels(setting, fold, ledger, effects, mailbox, tasks, notices);
    this.news = new SiteNews(fold, ledger, tasks);
    this.submissions =
        new Submissions(
            setting.sites().all(),
            fold,
            tasks,
            notices,
            site ->
                new SiteSubmissions(
                    site, setting, fold, ledger, stance, effects, mailbox, tasks, cancels,
                    notices));
    this.invocations =
        new MakeInvocations(
            setting,
            fold,
            ledger,
            stance,
            effects,
            tasks,
            Math.max(SMALLEST_WINDOW, 2 * submissions.depth()));
    this.endings = new Endings(setting, fold, ledger, stance);
  }

  /** From any thread; returns at once. */
  public void cancel(String reason) {
    mailbox.send(new Message.Cancel(reason));
  }

  /** From any thread: nothing more is submitted until {@link #proceed}. */
  public void pause() {
    mailbox.send(new Message.Pause());
  }

  /** From any thread. */
  public void proceed() {
    mailbox.send(new Message.Proceed());
  }

  /** From any thread: its engine closes, and the run stays as its journal has it. */
  public void stop() {
    stopped = true;
    mailbox.send(new Message.Stop());
  }

  /** Takes up what the journal left open. Call it once, before the first turn. */
  public void recover() {
    submissions.recover();
    if (stance.isCancelling()) {
      mailbox.sendAt(setting.clock().instant().plus(CANCEL_BOUND), new Message.CancelOverdue());
    }
    tasks.startDue();
  }

  /**
   * Runs to the end.
   *
   * @throws FailureException if the run cannot go on here, or was told to stop; its journal is as
   *     it was at the last commit
   */
  public void run() throws FailureException, InterruptedException {
    try {
      decided(() -> {
        recover();
        return true;
      });
      while (!isOver()) {
        turn(IDLE);
      }
    } finally {
      effects.breakOffEvaluations();
      submissions.leave();
    }
  }

  /** Whether the run has its last event, committed or not. */
  public boolean isOver() {
    return fold.state().isTerminal();
  }

  /** Acts, and takes what messages there are, waiting for the first. */
  public void turn(Duration atMost) throws FailureException, InterruptedException {
    try {
      boolean more = decided(this::act);
      if (more || isCommitDue()) {
        commit();
      }
      if (!more && !isOver()) {
        takeIn(atMost);
      }
      if (isOver()) {
        commit();
      }
    } catch (UncheckedIOException e) {
      throw new FailureException(
          new Failure(
              FailureKind.RESOURCES,
              "journal.write",
              "run %s cannot go on: %s. Mend the cause, then: twinflow resume %s"
                  .formatted(setting.run(), e.getMessage(), setting.run())),
          e);
    }
  }

  /**
   * Waits for a message and handles it and those that are there. While the site has enough to do,
   * lingers for more: tasks of a millisecond then share a batch, and to tasks of a second it makes
   * no difference.
   */
  private void takeIn(Duration atMost) throws FailureException, InterruptedException {
    boolean uncommitted = ledger.isOpen();
    Message message = mailbox.take(uncommitted ? untilCommit() : atMost);
    if (message == null && uncommitted) {
      commit();
      return;
    }
    long end = System.nanoTime() + LINGER.toNanos();
    for (int taken = 0; message != null && !isOver(); taken++) {
      handleOne(message);
      if (taken >= MOST_MESSAGES) {
        return;
      }
      message =
          submissions.areEnough()
              ? mailbox.take(Duration.ofNanos(Math.max(0, end - System.nanoTime())))
              : mailbox.poll();
    }
  }

  /** Events that nothing waits for share an append with those of the next moments. */
  private boolean isCommitDue() {
    return isOver() || ledger.isAwaited() || untilCommit().isZero();
  }

  private Duration untilCommit() {
    long past = System.nanoTime() - committed;
    return Duration.ofNanos(Math.max(0, LINGER.toNanos() - past));
  }

  private void commit() throws FailureException {
    ledger.commit();
    committed = System.nanoTime();
    if (ledger.pending() == 0) {
      setting.committed().at(fold, ledger.written());
    }
  }

  private interface Decision {
    boolean make() throws FailureException;
  }

  /** Whatever goes wrong while deciding parks this run alone, and says so. */
  private boolean decided(Decision decision) throws FailureException {
    refuseIfStopped();
    try {
      return decision.make();
    } catch (UncheckedIOException | CannotFoldException e) {
      throw e;
    } catch (RuntimeException e) {
      refuseIfStopped();
      throw crashed(e);
    }
  }

  /** What comes in after the stop may come of it, and is not taken for what the site says. */
  private void refuseIfStopped() throws FailureException {
    if (stopped) {
      throw closed(setting.run());
    }
  }

  private void handleOne(Message message) throws FailureException {
    decided(() -> {
      handle(message);
      return true;
    });
  }

  /** Whether nothing would ever happen again without a message from outside. */
  boolean isStill() {
    return mailbox.isEmpty()
        && tasks.out() == 0
        && invocations.evaluating() == 0
        && !submissions.isAnyUnanswered()
        && !tasks.isAnyComing();
  }

  private boolean act() {
    if (isOver()) {
      return false;
    }
    endings.scopes();
    boolean more = invocations.make(endings);
    endings.scopes();
    submissions.submit();
    tasks.releaseEnded();
    boolean quiet = tasks.out() == 0 && !submissions.isAnyUnanswered();
    if (!endings.run(quiet) && !more && stance.mayStart() && isStill()) {
      throw new IllegalStateException(
          "run %s stands still with %d open tasks and %d open scopes"
              .formatted(setting.run(), tasks.open(), fold.openScopes()));
    }
    return more;
  }

  private void handle(Message message) throws FailureException {
    switch (message) {
      case Message.Evaluated m -> invocations.evaluated(m);
      case Message.Prepared m -> tasks.prepared(m);
      case Message.Submitted m -> submissions.submitted(m);
      case Message.SiteFailed m -> submissions.siteFailed(m);
      case Message.Found m -> submissions.found(m);
      case Message.AskAgain m -> submissions.askAgain(m.batch());
      case Message.QueuedLong m -> submissions.queuedLong(m.batch());
      case Message.Observed m -> news.observed(m);
      case Message.SiteTrouble m -> notices.once(m.site(), m.text());
      case Message.LookAtWaiting m -> submissions.tellWaits(m.site());
      case Message.CancelFailed m -> cancels.failed(m);
      case Message.CancelAgain _ -> cancels.all();
      case Message.Concluded m -> tasks.concluded(m);
      case Message.Retry m -> tasks.retry(m.task());
      case Message.Cancel m -> cancel(m);
      case Message.CancelOverdue _ -> {
        if (stance.isCancelling()) {
          endings.abandon(cancels.leftBehind());
        }
      }
      case Message.Pause _ -> {
        if (fold.state() == RunState.RUNNING) {
          ledger.emit("user", new Event.PauseRequested());
        }
      }
      case Message.Proceed _ -> {
        if (fold.state() == RunState.PAUSED) {
          ledger.emit("user", new Event.PauseEnded());
          tasks.startDue();
        }
      }
      case Message.Turn _ -> {}
      case Message.Stop _ -> {}
      case Message.Crashed m -> throw crashed(m.cause());
    }
  }

  private void cancel(Message.Cancel message) {
    if (stance.isCancelling() || isOver()) {
      return;
    }
    ledger.emit("user", new Event.CancelRequested(message.reason()));
    cancels.all();
    effects.breakOff();
    Duration bound = submissions.isAllAbsent() ? Duration.ZERO : CANCEL_BOUND;
    mailbox.sendAt(setting.clock().instant().plus(bound), new Message.CancelOverdue());
  }

  /** What becomes of a run whose engine is closed before its end. */
  public static FailureException closed(RunId run) {
    return new FailureException(
        new Failure(
            FailureKind.INFRASTRUCTURE,
            "engine.closed",
            "run %s stays as it is, because its engine was closed; go on with: twinflow resume %s"
                .formatted(run, run)));
  }

  private FailureException crashed(Throwable cause) {
    @Nullable String what = cause.getMessage();
    return new FailureException(
        new Failure(
            FailureKind.INTERNAL,
            "engine.defect",
            "run %s is parked, because Twinflow itself failed: %s. This is a defect; please report it with the log. Nothing that was journaled is lost: twinflow resume %s"
                .formatted(
                    setting.run(),
                    what == null
                        ? cause.toString()
                        : cause.getClass().getSimpleName() + ": " + what,
                    setting.run())),
        cause);
  }
}
