package io.twinflow.engine.stores.place;

import io.twinflow.executors.api.AttemptKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A site that does nothing but start scripts, first come, first served, and remember them. It
 * shares nothing with who submits, and what is submitted twice it starts twice.
 */
final class Machine implements AutoCloseable {

  enum State {
    WAITS,
    RUNS,
    OVER
  }

  /** A script with what it needs. */
  static final class Job {
    final AttemptKey attempt;
    final String name;
    final Instant queued = Instant.now();
    private final long milli;
    private State state = State.WAITS;
    private @Nullable Process process;
    private String said = "";

    private Job(AttemptKey attempt, String name, double cores) {
      this.attempt = attempt;
      this.name = name;
      this.milli = Math.round(cores * 1000);
    }
  }

  /** How a job is started. */
  @FunctionalInterface
  interface Starter {
    Process start(AttemptKey attempt, String job) throws IOException;
  }

  final double cores;
  private final Starter starter;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final List<Job> jobs = new ArrayList<>();
  private long used;

  Machine(double cores, Starter starter) {
    this.cores = cores;
    this.starter = starter;
  }

  synchronized Job submit(AttemptKey attempt, double need) {
    Job job = new Job(attempt, "job-" + jobs.size(), need);
    jobs.add(job);
    waiting.add(job);
    startWhatFits();
    return job;
  }

  synchronized List<Job> of(AttemptKey attempt) {
    return jobs.stream().filter(job -> job.attempt.equals(attempt)).toList();
  }

  synchronized State state(Job job) {
    return job.state;
  }

  synchronized String said(Job job) {
    return job.said;
  }

  /** Tells the script, and it alone, as an engine of containers does. */
  synchronized void cancel(Job job) {
    if (job.state == State.WAITS) {
      waiting.remove(job);
      job.state = State.OVER;
      startWhatFits();
    } else if (job.process != null) {
      job.process.toHandle().destroy();
    }
  }

  private void startWhatFits() {
    while (!waiting.isEmpty() && used + waiting.peek().milli <= cores * 1000) {
      Job job = waiting.remove();
      used += job.milli;
      job.state = State.RUNS;
      try {
        job.process = starter.start(job.attempt, job.name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Process process = job.process;
      Thread.ofVirtual().start(() -> await(job, process));
    }
  }

  private void await(Job job, Process process) {
    String said;
    try {
      said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      said = e.toString();
    }
    process.onExit().join();
    synchronized (this) {
      job.said = said;
      job.state = State.OVER;
      used -= job.milli;
      startWhatFits();
    }
  }

  @Override
  public void close() {
    List<Process> running = new ArrayList<>();
    synchronized (this) {
      waiting.clear();
      jobs.stream().map(job -> job.process).filter(p -> p != null).forEach(running::add);
    }
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
