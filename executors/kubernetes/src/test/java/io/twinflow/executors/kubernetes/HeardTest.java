package io.twinflow.executors.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HeardTest {

  private final Heard heard = new Heard();
  private final AtomicBoolean mends = new AtomicBoolean();
  private final List<String> done = new ArrayList<>();

  private void fails() {
    if (!mends.get()) {
      throw new IllegalStateException("no such number");
    }
    done.add("first");
  }

  @Test
  void aMistakeIsToldOnceAndTriedAgainUntilItIsNone() {
    heard.run("pod x", this::fails);
    heard.run("pod y", () -> done.add("second"));
    assertThat(done).containsExactly("second");
    assertThat(heard.takeWords()).get().asString().contains("pod x").contains("no such number");
    heard.again();
    assertThat(heard.takeWords()).isEmpty();
    assertThat(heard.words()).isPresent();
    mends.set(true);
    heard.again();
    assertThat(done).containsExactly("second", "first");
    assertThat(heard.words()).isEmpty();
    heard.again();
    assertThat(done).hasSize(2);
  }

  @Test
  void whatIsNewerIsNotUndoneByWhatFailedBefore() {
    heard.run("pod x", this::fails);
    heard.run("pod x", () -> done.add("newer"));
    mends.set(true);
    heard.again();
    assertThat(done).containsExactly("newer");
  }

  @Test
  void anErrorEndsNothingEither() {
    heard.run(
        "pod x",
        () -> {
          throw new StackOverflowError();
        });
    assertThat(heard.words()).get().asString().contains("StackOverflowError");
  }

  @Test
  void whatIsDoneNowAndThenAnyhowIsNotTriedInBetween() {
    heard.runOnce("the ground", this::fails);
    mends.set(true);
    heard.again();
    assertThat(done).isEmpty();
    assertThat(heard.words()).isPresent();
    heard.runOnce("the ground", this::fails);
    assertThat(heard.words()).isEmpty();
  }
}
