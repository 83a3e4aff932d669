package io.twinflow.engine.bpmn;

import static io.twinflow.engine.bpmn.Documents.TENANT;
import static io.twinflow.engine.bpmn.Documents.arrow;
import static io.twinflow.engine.bpmn.Documents.chain;
import static io.twinflow.engine.bpmn.Documents.deploy;
import static io.twinflow.engine.bpmn.Documents.object;
import static io.twinflow.engine.bpmn.Documents.process;
import static io.twinflow.engine.bpmn.Documents.run;
import static io.twinflow.engine.bpmn.Documents.timer;
import static io.twinflow.engine.bpmn.Documents.userTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.twinflow.engine.postgres.FiguresFile;
import io.twinflow.engine.postgres.Sql;
import io.twinflow.engine.postgres.TestDatabase;
import io.twinflow.executors.api.FailureKind;
import io.twinflow.workflowdefs.value.RecordValue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a process costs by itself, beside what was measured of plain Flowable: its runs are answered
 * here as soon as they are asked for.
 */
@Tag("long")
final class ProcessFiguresIT {

  private static final int BATCH = 100;

  /** Also of what is compared with: its single cases took up to 420 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(7);

  /** What breaks, breaks here. */
  private static final String BREAKS = "breaks";

  private static final String MANY =
      "<startEvent id=\"start\"/><parallelGateway id=\"both\"/>"
          + run("one")
          + run("two")
          + "<parallelGateway id=\"joined\"/>"
          + run(BREAKS)
          + "<boundaryEvent id=\"caught\" attachedToRef=\"breaks\"><errorEventDefinition/></boundaryEvent>"
          + timer("later", "PT1S")
          + userTask("confirm")
          + "<endEvent id=\"end\"/><endEvent id=\"not-here\"/>"
          + arrow("start", "both")
          + arrow("both", "one")
          + arrow("both", "two")
          + arrow("one", "joined")
          + arrow("two", "joined")
          + arrow("joined", BREAKS)
          + arrow(BREAKS, "not-here")
          + arrow("caught", "later")
          + arrow("later", "confirm")
          + arrow("confirm", "end");

  @RegisterExtension final TestDatabase database = new TestDatabase();

  private final Semaphore rung = new Semaphore(0);

  /** CPU times in seconds, of this JVM and of PostgreSQL. */
  private record Spent(long wall, double java, double postgres, long statements, long commits) {}

  /** What one case took for each of its tasks. */
  private record Case(String name, int processes, int tasks, Spent before, Spent after) {
    String line() {
      double each = 1e3 / tasks;
      double seconds = (after.wall() - before.wall()) / 1e9;
      return String.format(
          Locale.ROOT,
          "| %s | %,d | %,d | %.1f | %.0f | %.1f + %.1f | %.0f / %.1f |%n",
          name,
          processes,
          tasks,
          seconds,
          tasks / seconds,
          (after.java() - before.java()) * each,
          (after.postgres() - before.postgres()) * each,
          (after.statements() - before.statements()) / (double) tasks,
          (after.commits() - before.commits()) / (double) tasks);
    }
  }

  private Spent spent(CountedDatabase counted) throws Exception {
    long backend =
        new Sql(database.pool()).list("SELECT pg_backend_pid()", row -> row.getLong(1)).getFirst();
    double postgres =
        ProcessHandle.of(backend)
            .orElseThrow()
            .parent()
            .orElseThrow()
            .children()
            .mapToDouble(
                each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
            .sum();
    double java =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    return new Spent(System.nanoTime(), java, postgres, counted.statements(), counted.commits());
  }

  /** Answers runs and does the tasks of people, until all instances have ended. */
  private void answer(Processes processes, int runs, int people) throws Exception {
    long last = System.nanoTime() + PATIENCE.toNanos();
    RecordValue done = object("{\"out\": 1}");
    int answered = 0;
    int completed = 0;
    while (answered < runs || completed < people) {
      assertThat(System.nanoTime()).as("%d runs answered", answered).isLessThan(last);
      rung.drainPermits();
      List<Asked> asked = processes.asked(BATCH);
      for (Asked each : asked) {
        processes.name(each.id(), each.id().toString());
        processes.resume(
            each.id(),
            each.activity().equals(BREAKS)
                ? new Answer.Failed(FailureKind.USER, "no")
                : new Answer.Done(done));
      }
      answered += asked.size();
      List<UserTask> tasks = answered < runs ? List.of() : processes.tasks(TENANT, TaskFilter.ALL);
      for (UserTask task : tasks) {
        processes.complete(TENANT, task.id(), "ann", RecordValue.EMPTY);
      }
      completed += tasks.size();
      if (asked.isEmpty() && tasks.isEmpty()) {
        rung.tryAcquire(1, TimeUnit.SECONDS);
      }
    }
  }

  private Case measured(String name, String body, int count, int runs, int people, int timers)
      throws Exception {
    CountedDatabase counted = new CountedDatabase(database.plain());
    try (Processes processes =
        new Processes(counted.source(), BpmnSettings.STANDARD, rung::release)) {
      String digest = deploy(processes, process("p", body));
      Spent before = spent(counted);
      List<String> instances =
          IntStream.range(0, count).mapToObj(i -> "%s-%d".formatted(name, i)).toList();
      for (String instance : instances) {
        processes.startRun(TENANT, digest, "p", instance, "ann", object("{\"n\": 7}"));
      }
      answer(processes, count * runs, count * people);
      for (String instance : instances) {
        assertThat(processes.state(TENANT, instance).orElseThrow().phase())
            .isEqualTo(ProcessState.Phase.SUCCEEDED);
      }
      return new Case(name, count, count * (runs + people + timers), before, spent(counted));
    }
  }

  /** The same with nothing but Flowable, whose receive tasks are told one after the other. */
  private Case plain(String name, String body, int count, int each, String... activities)
      throws Exception {
    CountedDatabase counted = new CountedDatabase(database.plain());
    try (PlainFlowable flowable = new PlainFlowable(counted.source())) {
      flowable.deploy(Documents.bytes(process("p", body)));
      Spent before = spent(counted);
      List<String> instances = flowable.start(count);
      for (String activity : activities) {
        instances.forEach(instance -> flowable.trigger(instance, activity));
      }
      assertThat(instances).allMatch(flowable::hasEnded);
      return new Case(name, count, count * each, before, spent(counted));
    }
  }

  private static String receive(String id, String more) {
    return "<receiveTask id=\"%s\">%s</receiveTask>".formatted(id, more);
  }

  @Test
  void whatAProcessCostsForEachOfItsTasks() throws Exception {
    assertThat(new Sql(database.pool()).list("SHOW fsync", row -> row.getString(1)))
        .containsExactly("on");
    String[] ten = IntStream.range(0, 10).mapToObj(i -> "r" + i).toArray(String[]::new);
    String tenRuns = String.join("", Stream.of(ten).map(Documents::run).toList());
    String tenTasks = String.join("", Stream.of(ten).map(id -> receive(id, "")).toList());
    String hundred =
        "<multiInstanceLoopCharacteristics isSequential=\"false\"><loopCardinality>100</loopCardinality></multiInstanceLoopCharacteristics>";
    String runs = chain(run("each", hundred), "each");
    String tasks = chain(receive("each", hundred), "each");
    plain("warm", chain(tenTasks, ten), 50, 10, ten);
    measured("warm", chain(tenRuns, ten), 50, 10, 0, 0);
    List<Case> cases =
        List.of(
            plain(
                "receive tasks of Flowable alone, ten in turn", chain(tenTasks, ten), 500, 10, ten),
            measured("ten runs in turn", chain(tenRuns, ten), 500, 10, 0, 0),
            plain("receive tasks of Flowable alone, a hundred at once", tasks, 10, 100, "each"),
            measured("a hundred runs at once", runs, 10, 100, 0, 0),
            measured(
                "two parallel runs, a caught failure, a timer, a person", MANY, 1_000, 3, 1, 1));
    StringBuilder lines = new StringBuilder();
    cases.forEach(each -> lines.append(each.line()));
    FiguresFile.write(
        "process-engine.md",
        """
        # What a process costs

        Written by `ProcessFiguresIT`: processes without a server around them. One thread answers their runs as soon as they are asked for, one at a time; a task is a run,
        a timer or what a person does. What runs themselves cost is not in it. Beside it, in the same run, Flowable as it comes, whose receive tasks one thread tells one at a time.
        PostgreSQL (with fsync) shares the machine; its CPU is that of its connections.

        %s
        | case | processes | tasks | seconds | tasks/s | CPU ms a task (JVM + PostgreSQL) | statements / commits a task |
        |---|---|---|---|---|---|---|
        %s
        A run is asked for, named, and answered, each in a transaction that is durable; its events are told beside it. So it costs more than a receive task, to which somebody says once that it may go on.

        What was measured of Flowable 8.0.0 alone before this was built, on two such cores, is why there is one wait for each run and no more than a hundred at once:

        | case | CPU ms a task (JVM + PostgreSQL) | statements / commits a task |
        |---|---|---|
        | ten asynchronous tasks in turn, in 500 instances | 1.2 + 1.0 to 2.0 + 1.5 | 11 / 1.2 to 15 / 2.2 |
        | 1,000 receive tasks at once in one instance, told from outside | 17 + 10 to 24 + 15 | 102 / 17 to 169 / 24 |
        | 1,000 tasks at once for an external worker, 920 of them not done after 75 s | 66 + 28 | 404 / 8.5 |
        | 5,000 asynchronous tasks at once in one instance, not done after 420 s | 61 + 16 | 42 / 6 |
        """
            .formatted(FiguresFile.machine(), lines));
  }
}
