package io.twinflow.triggers.source.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for messages through one subscription that lasts as long as the connection, and ends no
 * request before the server has ended it. (The client's own {@code fetch} has a subscription for
 * each request and gives up when the time is over by its own clock: what the server sent a moment
 * before reached nobody, and came again after newer messages.)
 */
record Pull(JetStreamSubscription subscription, NatsTroubles troubles) {

  /** The shortest wait that is asked for. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** How long the end of a request may be on its way. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** From a durable consumer that is there. */
  static Pull of(NatsOptions options, Connection connection, NatsTroubles troubles) throws Trouble {
    try {
      return new Pull(
          connection
              .jetStream()
              .subscribe(null, PullSubscribeOptions.bind(options.stream(), options.consumer())),
          troubles);
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      throw troubles.of(e);
    }
  }

  /** Up to so many that are there now. */
  List<Message> now(int most) throws Trouble, InterruptedException {
    return most == 0 ? List.of() : pull(PullRequestOptions.noWait(most).build(), PATIENCE);
  }

  /** One at least, and all that came with it; none if none came in that time. */
  List<Message> wait(int most, Duration atMost) throws Trouble, InterruptedException {
    Duration time = atMost.compareTo(LEAST) < 0 ? LEAST : atMost;
    List<Message> first =
        pull(PullRequestOptions.builder(1).expiresIn(time).build(), time.plus(PATIENCE));
    if (first.isEmpty()) {
      return first;
    }
    List<Message> all = new ArrayList<>(first);
    all.addAll(now(most - 1));
    return all;
  }

  /** Until there are as many as were asked for, or the server says that there are no more. */
  private List<Message> pull(PullRequestOptions request, Duration atMost)
      throws Trouble, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    List<Message> messages = new ArrayList<>();
    try {
      subscription.pull(request);
      while (messages.size() < request.getBatchSize()) {
        Message next = subscription.nextMessage(Duration.ofNanos(end - System.nanoTime()));
        if (next == null) {
          checkEnded(end);
          break;
        }
        messages.add(next);
      }
      return messages;
    } catch (IOException | IllegalStateException e) {
      throw troubles.of(e);
    }
  }

  /** What a server sends after that would be taken for the answer to the next request. */
  private static void checkEnded(long end) throws IOException {
    if (System.nanoTime() >= end) {
      throw new IOException("the server did not end a request for messages");
    }
  }
}
