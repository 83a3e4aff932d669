package io.twinflow.workflowdefs.expression.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes evaluations from a line and has them done by a child, which is started when there is work
 * and replaced when it has ended. Several small requests are written at once, because each write
 * wakes a process.
 */
final class Worker implements Runnable {

  private static final Logger LOG = System.getLogger(Worker.class.getName());

  /** What a pipe takes while nobody reads it, on every system. */
  private static final int BYTES_AT_ONCE = 16 * 1024;

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int STARTS = 3;
  private static final int MOST_LOST = 2;

  private final Line line;
  private final Kind kind;
  private final Start start;
  private final Figures figures;
  private final Deque<Job> asked = new ArrayDeque<>();
  private final Deque<Job> left = new ArrayDeque<>();
  private volatile @Nullable Child child;
  private byte @Nullable [] next;
  private @Nullable Job current;

  /**
   * How the workers of a line differ from those of the other.
   *
   * @param atOnce requests that may be written at once
   * @param time that the child gives one evaluation
   * @param idle after so long without work the child is stopped
   * @param isElsewhere takes a job that is not for these workers
   * @param tooSlow what becomes of a job that did not end in time
   */
  record Kind(
      int atOnce, Duration time, Duration idle, Predicate<Job> isElsewhere, Verdict tooSlow) {}

  /** Starts a child of the right kind. */
  interface Start {
    Child child() throws IOException;
  }

  Worker(Line line, Kind kind, Start start, Figures figures) {
    this.line = line;
    this.kind = kind;
    this.start = start;
    this.figures = figures;
  }

  @Override
  public void run() {
    try {
      while (!Thread.interrupted()) {
        List<Job> jobs = line.take(kind.atOnce(), kind.idle());
        if (jobs.isEmpty()) {
          drop();
        }
        left.addAll(jobs);
        left.removeIf(job -> job.isAnswered() || kind.isElsewhere().test(job));
        if (!left.isEmpty()) {
          serve();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
      asked.forEach(Line::refuse);
      left.forEach(Line::refuse);
    }
  }

  /** Until all is answered, or the child has ended. */
  private void serve() throws InterruptedException {
    Child ready = ready();
    if (ready == null) {
      return;
    }
    try {
      while (!left.isEmpty()) {
        write(ready);
        while (!asked.isEmpty()) {
          if (!receive(ready)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      ended(ready);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an evaluator process does not keep to the protocol: {0}", e);
      ended(ready);
    }
  }

  /** As many as fit into the pipe, or one that does not: then the child reads before it writes. */
  private void write(Child to) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (!left.isEmpty()) {
      byte[] request = next == null ? to.line(left.getFirst().request()) : next;
      next = null;
      if (lines.size() > 0 && lines.size() + request.length > BYTES_AT_ONCE) {
        next = request;
        break;
      }
      asked.addLast(left.removeFirst());
      lines.writeBytes(request);
    }
    to.write(lines.toByteArray());
  }

  /** Takes one answer; false if the child has ended, or has to. */
  private boolean receive(Child from) throws IOException, InterruptedException {
    begin(from, asked.getFirst());
    Answer answer = from.answer(kind.time().plus(GRACE));
    end();
    if (answer == null) {
      ended(from);
      return false;
    }
    figures.evaluated();
    Job job = asked.removeFirst();
    if (answer instanceof Answer.Mistake mistake && mistake.late()) {
      kind.tooSlow().tooSlow(job);
      if (asked.isEmpty()) {
        return true;
      }
      // The rest would be evaluated one after the other, each as slow.
      drop();
      putBack();
      return false;
    }
    job.answer().complete(answer);
    return true;
  }

  private void ended(Child gone) throws InterruptedException {
    gone.kill();
    Child.End end = gone.end();
    drop();
    if (!end.brokenOff() && !asked.isEmpty()) {
      blame(asked.removeFirst(), end);
    }
    putBack();
  }

  /** What the end of a child means for the evaluation that it was at. */
  private void blame(Job job, Child.End end) {
    if (end.outOfTime()) {
      kind.tooSlow().tooSlow(job);
    } else if (end.outOfMemory()) {
      job.fail("it needs more memory than there is.");
    } else if (job.lose() < MOST_LOST) {
      figures.lost();
      asked.addFirst(job);
    } else {
      job.fail(
          "each process that evaluated it was ended from outside or broke (exit code %d). Write it more simply."
              .formatted(end.exitCode()));
    }
  }

  private synchronized void begin(Child by, Job job) {
    current = job;
    if (job.isAnswered()) {
      by.breakOff();
    }
  }

  private synchronized void end() {
    current = null;
  }

  /** By any thread: nobody waits for the answer to this job. */
  synchronized void breakOff(Job job) {
    Child running = child;
    if (current == job && running != null) {
      running.breakOff();
    }
  }

  /** What was not answered, in the order it came. */
  private void putBack() {
    asked.addAll(left);
    asked.removeIf(Job::isAnswered);
    line.putBack(List.copyOf(asked));
    asked.clear();
    left.clear();
  }

  /** A child that waits for requests; null if there can be none, and all waiting jobs know. */
  private @Nullable Child ready() throws InterruptedException {
    Child running = child;
    if (running != null && running.isAlive()) {
      return running;
    }
    drop();
    String problem = "";
    for (int tries = 0; tries < STARTS; tries++) {
      try {
        Child started = start.child();
        child = started;
        figures.started();
        if (started.answer(START) instanceof Answer.Result) {
          return started;
        }
        problem = "it ended with exit code " + started.end().exitCode();
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage());
      }
      drop();
      Thread.sleep(PAUSE);
    }
    LOG.log(Level.ERROR, "no evaluator process can be started: {0}", problem);
    IllegalStateException cause =
        new IllegalStateException("no process for expressions can be started: " + problem);
    left.forEach(job -> job.answer().completeExceptionally(cause));
    left.clear();
    return null;
  }

  /** The next request begins a child of its own. */
  private void drop() {
    Child old = child;
    child = null;
    next = null;
    if (old != null) {
      old.kill();
    }
  }

  /** By any thread: the child that does not answer in time is killed. */
  void watch(long now) {
    Child watched = child;
    if (watched != null) {
      watched.killIfOverdue(now);
    }
  }

  /** By any thread that has interrupted the worker's: a read from a child ends with the child. */
  void stop() {
    Child running = child;
    if (running != null) {
      running.kill();
    }
  }

  /** The process that it works with, or -1. */
  long pid() {
    Child running = child;
    return running == null || !running.isAlive() ? -1 : running.pid();
  }
}
