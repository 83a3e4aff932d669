package io.twinflow.workflowdefs.expression.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinflow.workflowdefs.cwl.ExpressionText;
import io.twinflow.workflowdefs.expression.EvaluationOwner;
import io.twinflow.workflowdefs.expression.Evaluator;
import io.twinflow.workflowdefs.expression.Evaluators;
import io.twinflow.workflowdefs.expression.ExpressionContext;
import io.twinflow.workflowdefs.expression.ExpressionException;
import io.twinflow.workflowdefs.source.Position;
import io.twinflow.workflowdefs.value.IntegerValue;
import io.twinflow.workflowdefs.value.NullValue;
import io.twinflow.workflowdefs.value.RecordValue;
import io.twinflow.workflowdefs.value.StringValue;
import io.twinflow.workflowdefs.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expressions in real processes, some of which are killed. */
class EvaluatorProcessesIT {

  private static EvaluatorProcesses processes;
  private static Evaluator evaluator;

  @BeforeAll
  static void start() {
    processes =
        EvaluatorProcesses.start(
            ProcessSettings.standard()
                .withChildren(2, 1)
                .withTimes(Duration.ofMillis(300), Duration.ofMillis(1_500)));
    evaluator = Evaluators.over(processes);
  }

  @AfterAll
  static void stop() {
    List<Long> pids = processes.pids();
    processes.close();
    assertThat(pids).isNotEmpty();
    for (long pid : pids) {
      ProcessHandle.of(pid)
          .ifPresent(child -> assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(10)));
    }
  }

  private static ExpressionContext context(long n, String... libraries) {
    return new ExpressionContext(
        new RecordValue(Map.of("n", new IntegerValue(n))),
        NullValue.NULL,
        null,
        List.of(libraries));
  }

  private static Value value(String document, String text, long n, String... libraries)
      throws ExpressionException {
    return evaluator.evaluate(
        new ExpressionText(text, new Position(document, 10, 5)), context(n, libraries));
  }

  private static ExpressionException refusal(String document, String text) {
    return catchThrowableOfType(ExpressionException.class, () -> value(document, text, 1));
  }

  @Test
  void a_value_and_a_mistake_are_as_in_this_process() throws Exception {
    assertThat(value("a.cwl", "$(inputs.n + 1)", 41)).isEqualTo(new IntegerValue(42));
    assertThat(value("a.cwl", "n is $(inputs.n * 2)!", 4)).isEqualTo(new StringValue("n is 8!"));
    for (String wrong : List.of("$(inputs.m.x)", "${\n  return nothing;\n}", "$(f())")) {
      ExpressionException here =
          catchThrowableOfType(
              ExpressionException.class,
              () ->
                  Evaluators.standard()
                      .evaluate(
                          new ExpressionText(wrong, new Position("a.cwl", 10, 5)),
                          context(1, "function f() { throw 'no'; }")));
      ExpressionException there =
          catchThrowableOfType(
              ExpressionException.class,
              () -> value("a.cwl", wrong, 1, "function f() { throw 'no'; }"));
      assertThat(there).hasMessage(here.getMessage());
      assertThat(there.position()).isEqualTo(here.position());
    }
  }

  @Test
  void libraries_change_from_one_evaluation_to_the_next() throws Exception {
    for (long i = 0; i < 20; i++) {
      assertThat(value("l.cwl", "$(f())", 1, "function f() { return %d; }".formatted(i % 3)))
          .isEqualTo(new IntegerValue(i % 3));
    }
  }

  @Test
  void what_takes_long_is_done_by_the_patient_and_what_takes_for_ever_is_refused()
      throws Exception {
    assertThat(
            value(
                "patient.cwl",
                "${ var end = Date.now() + 600; while (Date.now() < end) {} return inputs.n; }",
                7))
        .isEqualTo(new IntegerValue(7));
    assertThat(refusal("endless.cwl", "${ while (true) {} }"))
        .hasMessageContaining("did not end within 1500 ms");
    assertThat(refusal("backtracking.cwl", "$(/(a+)+$/.test('a'.repeat(40) + 'b'))"))
        .hasMessageContaining("did not end within 1500 ms");
  }

  /** Whose time is over is told by the child's clock: the one of this process may lag behind. */
  @Test
  void what_takes_longer_than_the_quick_give_it_always_comes_to_the_patient() throws Exception {
    String busy = "${ var end = Date.now() + 60; while (Date.now() < end) {} return inputs.n; }";
    ProcessSettings hasty =
        ProcessSettings.standard()
            .withChildren(2, 2)
            .withTimes(Duration.ofMillis(30), Duration.ofSeconds(20));
    try (EvaluatorProcesses own = EvaluatorProcesses.start(hasty)) {
      for (int i = 0; i < 50; i++) {
        ExpressionText text =
            new ExpressionText(busy, new Position("busy%d.cwl".formatted(i), 1, 1));
        assertThat(Evaluators.over(own).evaluate(text, context(i))).isEqualTo(new IntegerValue(i));
      }
    }
  }

  @Test
  void what_eats_memory_is_refused_and_what_returns_too_much_too() throws Exception {
    assertThat(refusal("eats.cwl", "$('x'.repeat(1 << 30))"))
        .hasMessageContaining("a string of more");
    assertThat(refusal("eats.cwl", "${ var a = []; while (true) { a.push('x' + a.length); } }"))
        .hasMessageContaining("memory");
    assertThat(
            refusal(
                "eats.cwl",
                "${ var a = Array(1000).fill(null), r = []; for (var i = 0; i < 1200; i++) { r.push(a); } return r; }"))
        .hasMessageContaining("too large");
    assertThat(refusal("deep.cwl", "${ function f() { return 1 + f(); } return f(); }"))
        .hasMessageContaining("nested too deeply");
    assertThat(value("eats.cwl", "$(1 + 1)", 1)).isEqualTo(new IntegerValue(2));
  }

  @Test
  void an_honest_document_is_evaluated_while_another_is_full_of_endless_loops() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ExpressionException>> hostile = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String text = "${ /* %d */ while (true) {} }".formatted(i);
        hostile.add(threads.submit(() -> refusal("hostile.cwl", text)));
      }
      long start = System.nanoTime();
      for (int i = 0; i < 200; i++) {
        assertThat(value("honest.cwl", "$(inputs.n + 1)", i)).isEqualTo(new IntegerValue(i + 1));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      assertThat(hostile.getLast().isDone()).isFalse();
      hostile.forEach(loop -> loop.cancel(true));
      processes
          .pids()
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  @Test
  void what_an_owner_needs_no_more_is_broken_off_and_others_lose_nothing() throws Exception {
    try (EvaluatorProcesses slow =
            EvaluatorProcesses.start(ProcessSettings.standard().withChildren(1, 1));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      EvaluationOwner cancelled = new EvaluationOwner("cancelled");
      List<Future<ExpressionException>> endless = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String text = "${ /* %d */ while (true) {} }".formatted(i);
        endless.add(threads.submit(() -> refusal(slow, cancelled, text)));
      }
      await().until(() -> !slow.pids().isEmpty() && slow.waiting() == 2);
      long start = System.nanoTime();
      EvaluationOwner other = new EvaluationOwner("other");
      Future<Value> kept =
          threads.submit(
              () -> value(slow, other, "${ var i = 0; while (i < 2e6) i++; return 7; }"));
      cancelled.breakOff();

      for (Future<ExpressionException> one : endless) {
        assertThat(one.get()).hasMessageContaining("broken off");
      }
      assertThat(kept.get()).isEqualTo(new IntegerValue(7));
      assertThat(refusal(slow, cancelled, "$(1 + 1)")).hasMessageContaining("broken off");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(slow.figures().losses()).isZero();
    }
  }

  private static Value value(EvaluatorProcesses by, EvaluationOwner owner, String text)
      throws ExpressionException {
    CompletableFuture<Value> value = new CompletableFuture<>();
    owner.run(() -> {
      try {
        value.complete(
            Evaluators.over(by)
                .evaluate(new ExpressionText(text, new Position("a.cwl", 1, 1)), context(1)));
      } catch (ExpressionException e) {
        value.completeExceptionally(e);
      }
    });
    try {
      return value.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ExpressionException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static ExpressionException refusal(
      EvaluatorProcesses by, EvaluationOwner owner, String text) {
    return catchThrowableOfType(ExpressionException.class, () -> value(by, owner, text));
  }

  @Test
  void a_process_that_is_killed_costs_no_evaluation() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long before = processes.figures().losses();
      List<Future<Value>> values = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        long n = i;
        values.add(threads.submit(() -> value("many.cwl", "$(inputs.n + 1)", n)));
        if (i == 1_000) {
          values.get(200).get();
          processes
              .pids()
              .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
      }
      for (int i = 0; i < values.size(); i++) {
        assertThat(values.get(i).get()).isEqualTo(new IntegerValue(i + 1));
      }
      assertThat(processes.figures().losses()).isGreaterThan(before);
    }
  }

  @Test
  void a_child_in_bubblewrap_sees_no_network_and_no_files_of_others() throws Exception {
    assumeTrue(
        !new InBubblewrap().around(List.of(Path.of(System.getProperty("java.home")))).isEmpty(),
        "bubblewrap does not work here");
    long pid;
    try (EvaluatorProcesses apart =
        EvaluatorProcesses.start(
            ProcessSettings.standard().withChildren(1, 1).withWrapper(new InBubblewrap()))) {
      assertThat(value(apart, new EvaluationOwner("a"), "$(1 + 1)")).isEqualTo(new IntegerValue(2));
      ProcessHandle java =
          ProcessHandle.of(apart.pids().getFirst())
              .orElseThrow()
              .descendants()
              .filter(child -> child.info().command().orElse("").endsWith("/java"))
              .findFirst()
              .orElseThrow();
      pid = java.pid();
      Path root = Path.of("/proc/" + pid + "/root");
      assertThat(root.resolve("proc/meminfo")).exists();
      assertThat(root.resolve("tmp")).doesNotExist();
      assertThat(root.resolve("home")).doesNotExist();
      assertThat(root.resolve("etc/passwd")).doesNotExist();
      assertThat(root.resolve("usr/bin/env")).doesNotExist();
      assertThat(Files.readString(Path.of("/proc/" + pid + "/net/dev"))).contains("lo:");
      assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/net/dev"))).hasSize(3);
      assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/mounts")))
          .filteredOn(mount -> mount.contains(" /usr"))
          .isNotEmpty()
          .allMatch(mount -> mount.contains(" ro,"));
    }
    await().until(() -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void a_child_finds_no_environment_and_only_three_files_to_load_classes_from() throws Exception {
    value("a.cwl", "$(inputs.n + 1)", 1);
    long pid = processes.pids().getFirst();
    List<String> words =
        List.of(ProcessHandle.of(pid).orElseThrow().info().arguments().orElseThrow());
    assertThat(words.get(words.indexOf("-cp") + 1).split(":")).hasSize(3);
    Path environment = Path.of("/proc/" + pid + "/environ");
    assumeTrue(Files.exists(environment));
    assertThat(Files.readString(environment)).doesNotContain("PATH=");
  }
}
