package io.twinflow.engine.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event.Origin;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void tellsTimesPerStepAndWhatCameFromTheCache() {
    Recorded run =
        new Recorded(
                Recorded.workflow(Recorded.step("clean"), Recorded.scattered("model")), "flood")
            .created(1, "clean", -1)
            .succeeded(1, new Origin.Cached(new RunId("20261120-093000-zzzzzz"), 1))
            .scatter("model", 2)
            .created(2, "model", 0)
            .created(3, "model", 1)
            .started(2)
            .started(3)
            .after(2000)
            .succeeded(2, new Origin.Executed())
            .succeeded(3, new Origin.Executed())
            .ended(RunState.SUCCEEDED);

    assertThat(Summary.line(run.snapshot()))
        .isEqualTo("succeeded after 2.00 s: 2 tasks run, 1 from the cache");
    assertThat(Summary.table(run.snapshot()))
        .containsExactly(
            "step   tasks  cached    wall  longest     cpu  peak memory",
            "clean      1       1",
            "model      2          1.00 s   0.50 s  0.80 s        12 MB");
  }

  @Test
  void tellsHowManyStepsAFailureLeftWithoutABeginning() {
    Recorded run =
        new Recorded(
                Recorded.workflow(
                    Recorded.step("clean"), Recorded.step("model"), Recorded.step("draw")),
                "flood")
            .created(1, "clean", -1)
            .started(1)
            .failed(1, "it went wrong")
            .ended(RunState.FAILED);

    assertThat(Summary.line(run.snapshot())).endsWith(": 0 tasks run, 1 failed, 2 steps not run");
  }

  @Test
  void showsAFailureWithItsCommandAndItsFolder() {
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.step("model")), "flood")
            .created(1, "model", -1)
            .started(1)
            .failed(1, "it went wrong\u001b[2J");

    assertThat(FailureText.lines(run.snapshot().failures().getFirst(), "flood", Style.PLAIN))
        .containsExactly(
            "/model failed (the tool): it went wrong?[2J",
            "  command: simulate 'a b'",
            "  exit code: 3",
            "  ran for 0.50 s on here",
            "  logs and working folder: /home/me/.twinflow/runs/x/work/1.1");
  }

  @Test
  void namesAToolThatIsRunAloneAndSaysItsReasonOnce() {
    Recorded run =
        new Recorded(Recorded.workflow(), "bad")
            .created(1, "", -1)
            .started(1)
            .failed(1, "/: exit code 3\n  command: sh x\n  last lines of stderr:\n    no");

    assertThat(FailureText.lines(run.snapshot().failures().getFirst(), "bad", Style.PLAIN))
        .startsWith(
            "bad failed (the tool): exit code 3",
            "  command: sh x",
            "  last lines of stderr:",
            "    no");
  }

  @Test
  void fitsItsTableIntoATerminal() {
    String name = "a_step_with_a_name_that_nobody_would_call_short";
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.step(name)), "flood")
            .created(1, name, -1)
            .started(1)
            .after(2000)
            .succeeded(1, new Origin.Executed());

    for (int width = 20; width < 120; width++) {
      int most = width;
      assertThat(Summary.table(run.snapshot(), width))
          .hasSize(2)
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(most));
    }
    assertThat(Summary.table(run.snapshot(), 60).get(1)).contains("12 MB");
  }
}
