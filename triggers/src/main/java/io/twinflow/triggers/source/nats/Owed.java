package io.twinflow.triggers.source.nats;

import io.nats.client.Message;
import io.twinflow.triggers.source.broker.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the order after a connection was lost. What was delivered and not acknowledged then comes
 * again when the server's patience ends, and what is newer would come before it: the first newer
 * message is kept back until then.
 */
final class Owed {

  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Position position;
  private final Pull pull;
  private final long end;
  private final List<Message> newer = new ArrayList<>();
  private long left;
  private boolean settled;

  Owed(Position position, Pull pull) {
    this.position = position;
    this.pull = pull;
    this.end = System.nanoTime() + patience().toNanos();
    this.left = position.owed();
    this.settled = left == 0;
  }

  private Duration patience() {
    return position.ackWait().plus(MARGIN);
  }

  /** Whether all that comes now comes in the stream's order. */
  boolean settled() {
    return settled;
  }

  String words() {
    return "waits up to %d s until the server gives out again what was not acknowledged (%d messages), so that the order stays"
        .formatted(patience().toSeconds(), left);
  }

  /** What may be taken now, in the stream's order; none if it is too early. */
  List<Message> receive(int most, Duration atMost) throws Trouble, InterruptedException {
    if (newer.isEmpty()) {
      List<Message> older = older(most);
      if (!older.isEmpty()) {
        settled = left <= 0 && newer.isEmpty();
        return older;
      }
    }
    if (left > 0 && System.nanoTime() < end) {
      newer.forEach(Message::inProgress);
      Thread.sleep(atMost);
      return List.of();
    }
    settled = true;
    List<Message> all = new ArrayList<>(older(Integer.MAX_VALUE));
    all.addAll(newer);
    newer.clear();
    all.sort(Comparator.comparingLong(Owed::sequence));
    return all;
  }

  /** What comes again; what is newer is kept. */
  private List<Message> older(int most) throws Trouble, InterruptedException {
    List<Message> older = new ArrayList<>();
    for (Message message : pull.now((int) Math.max(0, Math.min(most, left)))) {
      (sequence(message) <= position.delivered() ? older : newer).add(message);
    }
    left -= older.size();
    return older;
  }

  /** What was kept back is given back. */
  void close() {
    newer.forEach(Message::nak);
  }

  private static long sequence(Message message) {
    return message.metaData().streamSequence();
  }
}
