package io.twinflow.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.core.event.Event;
import io.twinflow.executors.api.AttemptKey;
import io.twinflow.executors.testing.FakeExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class TellWaitsTest {

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final FakeExecutor fake = FakeExecutor.byHand();
  private String words = "the queue is closed, 17 wait";

  private final OddSite site =
      new OddSite(fake) {
        @Override
        public Optional<String> waitsFor(AttemptKey attempt) {
          return Optional.of(words);
        }
      };

  @Test
  void whatARunWaitsForIsToldInTheSitesWordsAndAgainWhenTheyAreOthers() throws Exception {
    try (TestEngine test =
        new TestEngine(folder, Engines.open(TestEngine.config(folder, site).withClock(clock)))) {
      RunId run = TwoBranches.submit(test);
      TwoBranches.assertThatItSucceeded(
          test.execute(
              run,
              event -> {
                List<Event.NoticeGiven> told = test.events(Event.NoticeGiven.class);
                if (event instanceof Event.SubmissionConfirmed && told.isEmpty()) {
                  clock.pass(Duration.ofSeconds(3));
                } else if (event instanceof Event.NoticeGiven && told.size() == 1) {
                  words = "the queue is open, but 400 came before";
                  clock.pass(Duration.ofSeconds(6));
                } else if (told.size() > 1) {
                  words = "the queue is open, but 399 came before";
                  clock.pass(Duration.ofMinutes(1));
                  TwoBranches.finishAll(fake);
                }
              }));
      assertThat(test.events(Event.NoticeGiven.class))
          .extracting(Event.NoticeGiven::site)
          .containsExactly("odd", "odd");
      assertThat(test.events(Event.NoticeGiven.class))
          .extracting(Event.NoticeGiven::text)
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .containsPattern("[12] tasks? at site odd ha")
                      .endsWith("not begun: the queue is closed, 17 wait"),
              second -> assertThat(second).endsWith("the queue is open, but 400 came before"));
    }
  }
}
