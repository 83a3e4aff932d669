package io.twinflow.triggers.source.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.SourceState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReceiverTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final LinkedBlockingQueue<Object> script = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);

  private static Message message(String body) {
    return new Message(
        URI.create("test://broker"),
        body,
        "test",
        Map.of(),
        null,
        null,
        null,
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> ids(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  /** Plays what the test has written: batches, and troubles; then tells that it is at its end. */
  private final class Scripted implements Broker, Connection {

    @Override
    public Connection connect() throws Trouble {
      done.add("connect");
      if (script.peek() instanceof Trouble trouble
          && trouble.getMessage().startsWith("no broker")) {
        script.remove();
        throw trouble;
      }
      return this;
    }

    @Override
    public List<Message> receive(Duration atMost) throws Trouble, InterruptedException {
      Object next = script.poll();
      if (next instanceof Trouble trouble) {
        throw trouble;
      }
      if (next instanceof String words) {
        return Arrays.stream(words.split(" ", -1)).map(ReceiverTest::message).toList();
      }
      end.countDown();
      new CountDownLatch(1).await();
      return List.of();
    }

    @Override
    public void acknowledge() {
      done.add("acknowledge");
    }

    @Override
    public void hold() {
      done.add("hold");
    }

    @Override
    public void close() {
      done.add("close");
    }

    @Override
    public List<Finding> check() {
      return List.of();
    }
  }

  private Receiver started(TakeOnly intake) {
    Receiver receiver = new Receiver("test", new Scripted(), CLOCK, pauses::add);
    receiver.start(intake);
    return receiver;
  }

  private void awaitEnd() throws InterruptedException {
    assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void acknowledgesWhatWasTakenAndNothingElse() throws Exception {
    script.addAll(List.of("1 2", "3"));
    try (Receiver receiver = started(messages -> done.add("take " + ids(messages)))) {
      awaitEnd();
      assertThat(done)
          .containsExactly("connect", "take [1, 2]", "acknowledge", "take [3]", "acknowledge");
      assertThat(receiver.state()).isEqualTo(new SourceState(true, CLOCK.instant(), null, 3));
    }
    assertThat(done).endsWith("close");
  }

  @Test
  void triesABatchAgainBeforeAnythingElseAndHoldsItMeanwhile() throws Exception {
    script.addAll(List.of("1 2", "3"));
    List<String> states = Collections.synchronizedList(new ArrayList<>());
    Receiver[] receiver = new Receiver[1];
    TakeOnly intake =
        messages -> {
          done.add("take " + ids(messages));
          if (done.size() < 4) {
            throw new IOException("no room");
          }
          states.add(String.valueOf(receiver[0].state().trouble()));
        };
    receiver[0] = new Receiver("test", new Scripted(), CLOCK, pauses::add);
    receiver[0].start(intake);
    awaitEnd();
    assertThat(done)
        .containsExactly(
            "connect",
            "take [1, 2]",
            "hold",
            "take [1, 2]",
            "acknowledge",
            "take [3]",
            "acknowledge");
    assertThat(states.getFirst()).isEqualTo("2 messages wait until they can be kept: no room");
    assertThat(receiver[0].state().trouble()).isNull();
    receiver[0].close();
  }

  @Test
  void opensAConnectionAnewThatIsLost() throws Exception {
    script.addAll(List.of("1", new Trouble("gone", "look"), "2"));
    try (Receiver _ = started(messages -> done.add("take " + ids(messages)))) {
      awaitEnd();
    }
    assertThat(done)
        .containsExactly(
            "connect",
            "take [1]",
            "acknowledge",
            "close",
            "connect",
            "take [2]",
            "acknowledge",
            "close");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void waitsEverLongerForABrokerUpToABound() throws Exception {
    for (int i = 0; i < 12; i++) {
      script.add(new Trouble("no broker", "start it"));
    }
    try (Receiver _ = started(_ -> {})) {
      awaitEnd();
    }
    assertThat(pauses).hasSize(12).allMatch(pause -> pause.compareTo(Backoff.LONGEST) <= 0);
    assertThat(pauses.getFirst()).isLessThanOrEqualTo(Backoff.FIRST);
    assertThat(pauses.getLast())
        .isGreaterThanOrEqualTo(Backoff.LONGEST.multipliedBy(3).dividedBy(4));
  }

  @Test
  void givesNothingToTheIntakeWhenItHasClosed() throws Exception {
    script.add("1");
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Receiver receiver =
        started(messages -> {
          taking.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            done.add("interrupted");
          }
          done.add("taken " + ids(messages));
        });
    assertThat(taking.await(20, TimeUnit.SECONDS)).isTrue();
    script.addAll(List.of("2", "3"));
    Thread closing = Thread.startVirtualThread(receiver::close);
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    go.countDown();
    closing.join();
    assertThat(done).containsExactly("connect", "taken [1]", "acknowledge", "close");
    assertThat(receiver.state()).isEqualTo(new SourceState(false, CLOCK.instant(), "closed", 1));
  }

  @Test
  void outlivesAnIntakeThatFailsInAWayNobodyThoughtOf() throws Exception {
    script.addAll(List.of("1", "2"));
    try (Receiver _ =
        started(messages -> {
          done.add("take " + ids(messages));
          if (ids(messages).contains("1")) {
            throw new IllegalStateException("a mistake");
          }
        })) {
      awaitEnd();
    }
    assertThat(done)
        .containsExactly(
            "connect", "take [1]", "close", "connect", "take [2]", "acknowledge", "close");
  }
}
