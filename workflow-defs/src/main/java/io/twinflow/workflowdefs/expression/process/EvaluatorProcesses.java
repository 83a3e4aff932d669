package io.twinflow.workflowdefs.expression.process;

import io.twinflow.workflowdefs.expression.EvaluationOwner;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.expression.ExpressionLimits;
import io.twinflow.workflowdefs.expression.JavaScriptEngine;
import io.twinflow.workflowdefs.expression.JavaScriptSource;
import io.twinflow.workflowdefs.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript in a bounded number of child processes with small heaps: what an expression does to
 * its process, it does to itself. A child that ends takes one evaluation with it; if nothing says
 * that this one is to blame (memory, time), it is evaluated once more elsewhere. So a value may be
 * computed twice, and is used once.
 *
 * <p>Children get no environment, keep no files and end when this process does.
 */
public final class EvaluatorProcesses implements JavaScriptEngine, AutoCloseable {

  private static final int AT_ONCE = 16;
  private static final Duration WATCH = Duration.ofMillis(250);
  private static final long ENDING_MILLIS = 5_000;

  private final JavaScriptEngine parser = Evaluators.javascript(ExpressionLimits.standard());
  private final Lines lines;
  private final Figures figures = new Figures();
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("evaluators-watch").factory());

  private EvaluatorProcesses(ProcessSettings settings) {
    this.lines = new Lines(settings.quick(), settings.patient());
  }

  /** Children are started when they are needed. */
  public static EvaluatorProcesses start(ProcessSettings settings) {
    EvaluatorProcesses processes = new EvaluatorProcesses(settings);
    processes.staff(settings);
    return processes;
  }

  private void staff(ProcessSettings settings) {
    Worker.Kind quick =
        new Worker.Kind(
            AT_ONCE,
            settings.quickTime(),
            settings.idle(),
            this::movedToPatient,
            Verdict.passOn(lines));
    Worker.Kind patient =
        new Worker.Kind(
            1, settings.time(), settings.idle(), _ -> false, Verdict.end(settings.time()));
    for (int i = 0; i < settings.quick(); i++) {
      employ(lines.quick(), quick, starting(settings, settings.quickTime()));
    }
    for (int i = 0; i < settings.patient(); i++) {
      employ(lines.patient(), patient, starting(settings, settings.time()));
    }
    Future<?> _ =
        watch.scheduleWithFixedDelay(
            () -> workers.forEach(worker -> worker.watch(System.nanoTime())),
            WATCH.toMillis(),
            WATCH.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private boolean movedToPatient(Job job) {
    if (!lines.isSlow(job.owner())) {
      return false;
    }
    lines.patient().add(job);
    return true;
  }

  private static Worker.Start starting(ProcessSettings settings, Duration time) {
    return () -> Child.start(ChildCommand.of(settings, time));
  }

  private void employ(Line line, Worker.Kind kind, Worker.Start start) {
    Worker worker = new Worker(line, kind, start, figures);
    workers.add(worker);
    threads.add(Thread.ofPlatform().daemon().name("evaluators-" + workers.size()).start(worker));
  }

  @Override
  public Value evaluate(
      JavaScriptSource source, List<JavaScriptSource> libraries, ExpressionContext context)
      throws ExpressionException {
    EvaluationOwner owner =
        EvaluationOwner.current().orElseGet(() -> new EvaluationOwner(source.position().source()));
    Job job = new Job(new Request(source, libraries, context), owner.name());
    try (EvaluationOwner.UnderWay _ = owner.evaluating(() -> giveUp(job))) {
      if (!job.isAnswered()) {
        lines.enter(job);
      }
      return switch (job.answer().join()) {
        case Answer.Result(Value value) -> value;
        case Answer.Mistake mistake -> throw mistake.in(source.position().source());
      };
    } catch (CompletionException e) {
      throw new IllegalStateException("expressions cannot be evaluated: " + e.getMessage(), e);
    }
  }

  /** Where it waits, it is left until its turn comes. */
  private void giveUp(Job job) {
    job.giveUp();
    workers.forEach(worker -> worker.breakOff(job));
  }

  @Override
  public @Nullable ExpressionException syntaxError(JavaScriptSource source) {
    return parser.syntaxError(source);
  }

  @Override
  public boolean waits() {
    return true;
  }

  /** Evaluations that no process has begun. */
  public int waiting() {
    return lines.length();
  }

  public Figures figures() {
    return figures;
  }

  /** The processes that are running. */
  public List<Long> pids() {
    return workers.stream().map(Worker::pid).filter(pid -> pid >= 0).toList();
  }

  /** Ends all children; what is being evaluated fails. */
  @Override
  public void close() {
    lines.close();
    watch.shutdownNow();
    threads.forEach(Thread::interrupt);
    workers.forEach(Worker::stop);
    try {
      for (Thread thread : threads) {
        thread.join(ENDING_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
