package io.twinflow.engine.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.core.RunState;
import io.twinflow.engine.core.event.Event.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainLinesTest {

  @Test
  void tellsEachChangeOnce() {
    PlainLines lines = new PlainLines();
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.step("clean")), "flood")
            .created(1, "clean", -1)
            .started(1);

    assertThat(lines.whatIsNew(run.snapshot())).containsExactly("clean: started");
    assertThat(lines.whatIsNew(run.snapshot())).isEmpty();
    run.after(250).succeeded(1, new Origin.Executed());
    assertThat(lines.whatIsNew(run.snapshot())).containsExactly("clean: done in 0.25 s");
  }

  @Test
  void thinsAScatterToALineEachTenth() {
    PlainLines lines = new PlainLines();
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.scattered("model")), "flood")
            .scatter("model", 1000);
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      run.created(i + 1, "model", i)
          .started(i + 1)
          .after(1)
          .succeeded(i + 1, new Origin.Executed());
      told.addAll(lines.whatIsNew(run.snapshot()));
    }

    assertThat(told).hasSizeBetween(10, 12);
    assertThat(told.getLast()).isEqualTo("model: done, 1000 of 1000 in 1.00 s");
  }

  @Test
  void namesTheShardThatFailed() {
    PlainLines lines = new PlainLines();
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.scattered("model")), "flood")
            .scatter("model", 2)
            .created(1, "model", 0)
            .created(2, "model", 1)
            .started(2)
            .failed(2, "exit code 3\nlast lines");

    assertThat(lines.whatIsNew(run.snapshot())).contains("/model[1]: failed: exit code 3");
  }

  @Test
  void saysWhatCameFromTheCache() {
    PlainLines lines = new PlainLines();
    Recorded run =
        new Recorded(Recorded.workflow(Recorded.step("clean")), "flood")
            .created(1, "clean", -1)
            .succeeded(1, new Origin.Cached(new RunId("20261120-093000-zzzzzz"), 1))
            .ended(RunState.SUCCEEDED);

    assertThat(lines.whatIsNew(run.snapshot())).containsExactly("clean: done, from the cache");
  }
}
