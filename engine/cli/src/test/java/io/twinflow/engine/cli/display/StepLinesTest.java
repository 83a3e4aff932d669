package io.twinflow.engine.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.event.Event.Origin;
import io.twinflow.engine.core.view.Outline;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepLinesTest {

  private static List<String> draw(Recorded run, int width, int rows) {
    return new StepLines(Style.PLAIN, width, rows).draw(run.snapshot(), run.now());
  }

  @Test
  void showsDoneRunningAndWaitingSteps() {
    Recorded run =
        new Recorded(
                Recorded.workflow(
                    Recorded.step("clean"), Recorded.step("model"), Recorded.step("draw")),
                "flood")
            .created(1, "clean", -1)
            .started(1)
            .after(420)
            .succeeded(1, new Origin.Executed())
            .created(2, "model", -1)
            .started(2)
            .after(1500);

    assertThat(draw(run, 60, 24))
        .containsExactly(
            "flood  1.92 s  1 done, 1 running",
            " + clean         0.42 s",
            " > model         1.50 s",
            "   draw          waiting");
  }

  @Test
  void drawsAScatterAsOneLineWithABar() {
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.scattered("calibrate")), "flood")
            .scatter("calibrate", 4)
            .created(1, "calibrate", 0)
            .created(2, "calibrate", 1)
            .created(3, "calibrate", 2)
            .started(1)
            .started(2)
            .after(1000)
            .succeeded(1, new Origin.Executed());

    assertThat(draw(run, 100, 24).get(1))
        .isEqualTo(" > calibrate     #####...............  1/4  1 running  1 waiting  1.00 s");
  }

  @Test
  void drawsNoBarWhileTheShardsAreNotKnownAndSaysWaitingOnce() {
    Outline outline = Recorded.workflow(Recorded.scattered("first"), Recorded.scattered("then"));
    Recorded run = new Recorded(outline, "flood");

    assertThat(draw(run, 80, 24)).contains("   first         waiting", "   then          waiting");
    run.scatter("first", 2).created(1, "first", 0).created(2, "first", 1);
    assertThat(draw(run, 80, 24).get(1))
        .isEqualTo("   first         ....................  0/2  2 waiting");
  }

  @Test
  void neverWritesMoreThanTheWidth() {
    String name = "a_step_with_a_name_that_nobody_would_call_short_by_any_measure";
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.scattered(name)), "w".repeat(90))
            .scatter(name, 100_000)
            .created(1, name, 0)
            .started(1)
            .failed(1, "no");

    for (int width = 20; width < 120; width++) {
      assertThat(draw(run, width, 24)).allMatch(lineFits(width));
    }
  }

  private static java.util.function.Predicate<String> lineFits(int width) {
    return line -> line.length() <= width;
  }

  @Test
  void neverDrawsMoreThanTheRowsAndSaysWhatIsLeftOut() {
    Outline[] steps =
        IntStream.range(0, 50).mapToObj(i -> Recorded.step("s" + i)).toArray(Outline[]::new);
    Recorded run = new Recorded(Recorded.workflow(steps), "wide");
    IntStream.range(0, 10)
        .forEach(i ->
            run.created(i + 1, "s" + i, -1).started(i + 1).succeeded(i + 1, new Origin.Executed()));
    run.created(11, "s10", -1).started(11);

    List<String> lines = draw(run, 80, 10);

    assertThat(lines).hasSizeLessThanOrEqualTo(10);
    assertThat(lines).anyMatch(line -> line.contains("s10"));
    assertThat(lines)
        .containsExactly(
            lines.getFirst(),
            " + s8            0.00 s",
            " + s9            0.00 s",
            " > s10           0.00 s",
            "   s11           waiting",
            "   s12           waiting",
            "   s13           waiting",
            "  ... 36 more steps waiting",
            "  ... 8 more steps done");
  }
}
