package io.twinflow.engine.postgres.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.RunId;
import io.twinflow.engine.postgres.queue.Bound.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairChoiceTest {

  private static final Bounds NONE = new Bounds(List.of());

  private final List<QueuedRun> queued = new ArrayList<>();

  private static RunId run(int number) {
    return new RunId("20261120-093012-k3x%03d".formatted(number));
  }

  /** As if submitted at this second. */
  private void queue(int number, String subject, String workflow, double turn) {
    queued.add(new QueuedRun(run(number), subject, workflow, turn));
    queued.sort(Comparator.comparingDouble(QueuedRun::turn));
  }

  private static Bound runs(Kind kind, String name, int most) {
    return new Bound(kind, name, most, null, null);
  }

  @Test
  void subjectsTakeTurnsHoweverManyRunsOneHas() {
    for (int i = 0; i < 6; i++) {
      queue(i, "ada", "flood", i);
    }
    queue(6, "grace", "flood", 100);
    queue(7, "grace", "flood", 101);
    assertThat(new FairChoice(NONE, "here").choose(queued, 4))
        .containsExactly(run(0), run(6), run(1), run(7));
  }

  @Test
  void whoHasManyRunningWaitsForWhoHasNone() {
    queue(0, "ada", "flood", 0);
    queue(1, "grace", "flood", 50);
    FairChoice choice = new FairChoice(NONE, "here");
    choice.count("ada", "drought", 3);
    assertThat(choice.choose(queued, 1)).containsExactly(run(1));
  }

  @Test
  void whatIsBeyondALimitIsPassed() {
    queue(0, "ada", "flood", 0);
    queue(1, "ada", "flood", 1);
    queue(2, "ada", "drought", 2);
    queue(3, "grace", "flood", 3);
    queue(4, "grace", "drought", 4);
    Bounds bounds =
        new Bounds(
            List.of(
                runs(Kind.SUBJECT, "ada", 2),
                runs(Kind.SUBJECT, "*", 1),
                runs(Kind.WORKFLOW, "flood", 1)));
    assertThat(new FairChoice(bounds, "here").choose(queued, 10))
        .containsExactly(run(0), run(4), run(2));
  }

  @Test
  void theSitesLimitIsThatOfAll() {
    for (int i = 0; i < 6; i++) {
      queue(i, "ada", "flood", i);
    }
    FairChoice choice = new FairChoice(new Bounds(List.of(runs(Kind.SITE, "here", 3))), "here");
    choice.count("grace", "flood", 1);
    assertThat(choice.choose(queued, 10)).containsExactly(run(0), run(1));
    FairChoice closed = new FairChoice(new Bounds(List.of(runs(Kind.SITE, "*", 0))), "here");
    assertThat(closed.choose(queued, 10)).isEmpty();
  }
}
