package io.twinflow.triggers.source.kafka;

import io.twinflow.triggers.source.broker.Trouble;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the topics, once at first and then every few seconds: the consumer waits for brokers
 * that are gone, and for topics that were deleted, without a word.
 */
final class Topics {

  private static final Duration EVERY = Duration.ofSeconds(2);

  private final KafkaOptions options;
  private final KafkaTroubles troubles;
  private final Admin admin;
  private Map<String, Uuid> ids = Map.of();
  private @Nullable Map<String, KafkaFuture<TopicDescription>> asked;
  private long askedAt;
  private @Nullable Trouble trouble;

  Topics(KafkaOptions options, Admin admin) {
    this.options = options;
    this.troubles = new KafkaTroubles(options);
    this.admin = admin;
  }

  /**
   * @throws Trouble if one of them is not there, or nobody answers
   */
  void find() throws Trouble, InterruptedException {
    ids = read(ask());
    askedAt = System.nanoTime();
  }

  /** Tells a topic from an older one of its name, whose offsets were the same. */
  Map<String, Uuid> ids() {
    return ids;
  }

  /** Why nothing comes; null if all is well, as far as is known. */
  @Nullable String trouble() {
    return trouble == null ? null : trouble.getMessage();
  }

  /**
   * Waits for nobody.
   *
   * @throws Trouble if a topic is another one now
   */
  void look() throws Trouble, InterruptedException {
    boolean due = System.nanoTime() - askedAt > EVERY.toNanos();
    Map<String, KafkaFuture<TopicDescription>> answers = asked;
    if (answers == null) {
      if (due) {
        asked = ask();
        askedAt = System.nanoTime();
      }
    } else if (answers.values().stream().allMatch(KafkaFuture::isDone)) {
      asked = null;
      compare(answers);
    } else if (due) {
      trouble =
          troubles.silent(
              new SocketTimeoutException("none within %d s".formatted(EVERY.toSeconds())));
    }
  }

  private void compare(Map<String, KafkaFuture<TopicDescription>> answers)
      throws Trouble, InterruptedException {
    Map<String, Uuid> found;
    try {
      found = read(answers);
    } catch (Trouble e) {
      trouble = e;
      return;
    }
    trouble = null;
    if (!found.equals(ids)) {
      throw new Trouble(
          "%s: of %s one was deleted and made anew"
              .formatted(options.where(), String.join(", ", options.topics())),
          "");
    }
  }

  private Map<String, KafkaFuture<TopicDescription>> ask() {
    return admin.describeTopics(options.topics()).topicNameValues();
  }

  private Map<String, Uuid> read(Map<String, KafkaFuture<TopicDescription>> answers)
      throws Trouble, InterruptedException {
    Map<String, Uuid> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      try {
        found.put(answer.getKey(), answer.getValue().get().topicId());
      } catch (ExecutionException e) {
        throw troubles.ofTopic(answer.getKey(), e);
      }
    }
    return found;
  }
}
