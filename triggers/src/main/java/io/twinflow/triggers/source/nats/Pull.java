package io.twinflow.triggers.source.nats;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import io.twinflow.triggers.source.broker.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for messages; whatever the server sends is in the answer, and nothing waits in the client.
 */
record Pull(ConsumerContext consumer, NatsTroubles troubles) {

  /** The client waits no shorter. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** Up to so many that are there now. */
  List<Message> now(int most) throws Trouble, InterruptedException {
    return most == 0
        ? List.of()
        : pull(FetchConsumeOptions.builder().maxMessages(most).noWait().build());
  }

  /** One at least, and all that came with it; none if none came in that time. */
  List<Message> wait(int most, Duration atMost) throws Trouble, InterruptedException {
    Duration time = atMost.compareTo(LEAST) < 0 ? LEAST : atMost;
    List<Message> first =
        pull(FetchConsumeOptions.builder().maxMessages(1).expiresIn(time.toMillis()).build());
    if (first.isEmpty()) {
      return first;
    }
    List<Message> all = new ArrayList<>(first);
    all.addAll(now(most - 1));
    return all;
  }

  private List<Message> pull(FetchConsumeOptions options) throws Trouble, InterruptedException {
    try (FetchConsumer fetch = consumer.fetch(options)) {
      List<Message> messages = new ArrayList<>();
      for (Message next = fetch.nextMessage(); next != null; next = fetch.nextMessage()) {
        messages.add(next);
      }
      return messages;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // The client's own, and what closing an answer declares.
      throw troubles.of(e);
    }
  }
}
