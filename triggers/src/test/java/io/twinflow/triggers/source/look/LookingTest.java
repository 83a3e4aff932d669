package io.twinflow.triggers.source.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Keeper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookingTest {

  private static final Duration LONG = Duration.ofDays(1);

  /** What each look does. */
  private interface Work {
    void with(Intake intake) throws IOException;
  }

  private final BlockingQueue<Work> works = new LinkedBlockingQueue<>();

  /** What the source's state said when a look began. */
  private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();

  private final AtomicBoolean ended = new AtomicBoolean();
  private final Keeper keeper = new Keeper();
  private final Looking looking = new Looking("test", new Scripted(), Clock.systemUTC());

  private final class Scripted implements Look {
    @Override
    public Duration look(Intake intake) throws IOException {
      troubles.add(String.valueOf(looking.state().trouble()));
      Work work = works.poll();
      if (work != null) {
        work.with(intake);
      }
      return LONG;
    }

    @Override
    public List<Finding> check() {
      return List.of(Finding.good("test", "is there"));
    }

    @Override
    public void close() {
      ended.set(true);
    }
  }

  @AfterEach
  void close() {
    looking.close();
  }

  private String nextLook() throws InterruptedException {
    return String.valueOf(troubles.poll(30, TimeUnit.SECONDS));
  }

  private static Message message() {
    return new Message(URI.create("/x"), "1", "t", Map.of(), null, null, null, new byte[0]);
  }

  @Test
  void itLooksWhenItIsWoken() throws Exception {
    works.add(intake -> intake.take(List.of(message()), "here"));
    looking.start(keeper);
    assertThat(nextLook()).isEqualTo("looking for the first time");
    looking.wake();
    assertThat(nextLook()).isEqualTo("null");
    assertThat(looking.state().connected()).isTrue();
    assertThat(looking.state().taken()).isEqualTo(1);
    assertThat(keeper.position()).contains("here");
    assertThat(looking.check()).hasSize(1);
  }

  @Test
  void whatKeepsItFromLookingIsSaidAndItTriesAgain() throws Exception {
    works.add(intake -> {
      throw new IOException("the disk is away");
    });
    works.add(intake -> {
      throw new IllegalStateException("a mistake");
    });
    looking.start(keeper);
    nextLook();
    assertThat(nextLook()).isEqualTo("the disk is away");
    assertThat(nextLook())
        .isEqualTo("java.lang.IllegalStateException: a mistake; the log of the server tells more");
    looking.wake();
    assertThat(nextLook()).isEqualTo("null");
  }

  @Test
  void closingWaitsForALookThatIsUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    works.add(intake -> {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException("it was broken off", e);
      }
      intake.take(List.of(message()));
    });
    looking.start(keeper);
    begun.await();
    Thread closing = Thread.ofVirtual().start(looking::close);
    assertThat(ended).isFalse();
    goOn.countDown();
    closing.join();
    assertThat(ended).isTrue();
    assertThat(keeper.taken()).hasSize(1);
    assertThat(looking.state().trouble()).isEqualTo("closed");
    assertThatThrownBy(() -> looking.start(keeper)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneThatWasNeverStartedIsClosedToo() {
    looking.close();
    assertThat(ended).isTrue();
  }
}
