package io.twinflow.executors.slurm;

import io.twinflow.executors.api.FailureKind;
import io.twinflow.executors.api.SiteException;
import io.twinflow.executors.api.TaskResult;
import io.twinflow.executors.api.TaskState;
import io.twinflow.executors.api.support.Observations;
import io.twinflow.executors.bundle.BundleFolder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes of what Slurm says about an attempt, and of what lies on its ground, what is told of it.
 * Used by the one thread that asks.
 */
final class Look {

  private static final Logger LOG = System.getLogger(Look.class.getName());

  /** A result may become visible on a shared folder later than Slurm knows of the end. */
  private static final Duration LATE_RESULT = Duration.ofSeconds(10);

  /** The script gives a tool 25 s to end by itself, and what it left a second. */
  private static final Duration LATE_STOP = LATE_RESULT.plusSeconds(26);

  private static final int ROUNDS_TO_A_LOOK = 4;

  private final Ground ground;
  private final Following following;
  private final Forgotten forgotten;
  private final Verdict verdict;
  private final Consumer<Followed> leftover;
  private final Observations observations;
  private final Clock clock;
  private long rounds;
  private Ground.Sight sight = followed -> Optional.empty();

  /**
   * @param leftover is told of attempts that have ended while Slurm still has their job to start
   */
  Look(
      Ground ground,
      Following following,
      Forgotten forgotten,
      Verdict verdict,
      Consumer<Followed> leftover,
      Observations observations,
      Clock clock) {
    this.ground = ground;
    this.following = following;
    this.forgotten = forgotten;
    this.verdict = verdict;
    this.leftover = leftover;
    this.observations = observations;
    this.clock = clock;
  }

  /**
   * @param asked those that were followed before the list was asked for
   * @throws SiteException if nobody can look at what they left
   */
  void at(List<Followed> asked, JobList list) throws SiteException {
    rounds++;
    try {
      sight = ground.look(asked);
    } catch (IOException e) {
      throw new SiteException(
          SiteException.Certainty.NOTHING_HAPPENED,
          FailureKind.INFRASTRUCTURE,
          "what became of jobs cannot be looked at: " + e.getMessage(),
          e);
    }
    for (Followed followed : asked) {
      try {
        at(followed, list.of(followed.comment(), followed.index()));
        following.isWell(followed);
      } catch (RuntimeException e) {
        // The others are not to wait for this one; it is looked at again.
        LOG.log(Level.ERROR, followed.attempt() + " cannot be followed now", e);
        following.isDefective(
            followed, "what became of it cannot be told, by a defect of Twinflow: " + e);
      }
    }
  }

  /** A history that cannot be asked is asked again: unknown is not lost. */
  void atHistory() throws SiteException {
    for (Map.Entry<Followed, JobEnd> one : forgotten.ends().entrySet()) {
      forgotten(one.getKey(), one.getValue());
    }
  }

  private void at(Followed followed, Optional<Job> job) {
    String state = job.map(Job::state).orElse("");
    if (Ends.waits(state) ? following.hasRun(followed) : Ends.runs(state) && isTurn(followed)) {
      endedUnseen(followed, state);
    }
    if (Ends.waits(state)) {
      String reason = job.map(Job::reason).orElse("");
      goesOn(
          followed,
          new TaskState.Queued(reason.isEmpty() ? "waits at Slurm" : "waits at Slurm: " + reason));
    } else if (Ends.runs(state)) {
      Instant since = job.map(Job::started).orElse(followed.queued());
      goesOn(followed, new TaskState.Running(since, job.map(Job::host).orElse("")));
    } else {
      ended(followed, job.map(Job::end).orElse(JobEnd.UNKNOWN));
    }
  }

  /**
   * A job of which the controller missed the end runs for ever, as it says; but a look into each
   * folder at each interval would be much for a shared file system.
   */
  private boolean isTurn(Followed followed) {
    return (rounds + followed.attempt().task()) % ROUNDS_TO_A_LOOK == 0;
  }

  private void endedUnseen(Followed followed, String state) {
    try {
      Optional<TaskResult> result = sight.result(followed);
      boolean waits = Ends.waits(state);
      if (result.isEmpty() || (!waits && Verdict.wasStopped(result.get()))) {
        // It goes on, or Slurm is about to say why it was stopped.
        return;
      }
      end(
          followed,
          Verdict.wasStopped(result.get())
              ? new TaskState.Lost(
                  "Slurm stopped job %s and calls it %s again".formatted(followed.siteId(), state))
              : new TaskState.Ended(result.get()));
      if (waits) {
        leftover.accept(followed);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the result of {0} cannot be read: {1}", followed.attempt(), e);
    }
  }

  private void ended(Followed followed, JobEnd end) {
    try {
      Optional<TaskResult> result = sight.result(followed);
      if (result.isPresent() && Verdict.isWholeTruth(end, result.get())) {
        end(followed, new TaskState.Ended(result.get()));
        return;
      }
      Optional<BundleFolder.Revocation> revoked = ground.attempts().revocation(followed.attempt());
      if (revoked.isPresent()) {
        end(followed, verdict.neverStarted(followed, revoked.get()));
      } else if (Ends.kind(end.state()).isPresent()) {
        if (result.isPresent() || !mayBeStopping(followed, end.state())) {
          end(followed, verdict.withoutResult(followed, end));
        }
      } else if (isOverFor(followed, LATE_RESULT)) {
        if (!end.isKnown() && forgotten.mayBeKnown()) {
          forgotten.add(followed);
        } else {
          end(followed, verdict.ofForgotten(followed, end, result));
        }
      }
    } catch (IOException e) {
      unreadable(followed, e);
    }
  }

  private void forgotten(Followed followed, JobEnd end) {
    try {
      Optional<TaskResult> result = sight.result(followed);
      end(followed, verdict.ofForgotten(followed, end, result));
    } catch (IOException e) {
      unreadable(followed, e);
    }
  }

  private void unreadable(Followed followed, IOException e) {
    end(followed, new TaskState.Lost("its result cannot be read: " + e.getMessage()));
  }

  /** Slurm calls a job cancelled when it has told it; the script ends what is left, and says so. */
  private boolean mayBeStopping(Followed followed, String state) throws IOException {
    return state.equals("CANCELLED")
        && !isOverFor(followed, LATE_STOP)
        && ground.attempts().isClaimed(followed.attempt());
  }

  private boolean isOverFor(Followed followed, Duration limit) {
    return following.isOverFor(followed, limit, clock.instant());
  }

  private void goesOn(Followed followed, TaskState state) {
    if (following.goesOn(followed, state)) {
      tell(followed, state);
    }
  }

  private void end(Followed followed, TaskState state) {
    following.remove(followed);
    tell(followed, state);
  }

  private void tell(Followed followed, TaskState state) {
    observations.tell(followed.batch(), followed.attempt(), state);
  }
}
