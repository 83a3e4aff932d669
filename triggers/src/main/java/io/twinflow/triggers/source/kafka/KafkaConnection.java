package io.twinflow.triggers.source.kafka;

import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.broker.Connection;
import io.twinflow.triggers.source.broker.Trouble;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group. It stays one while brokers are away: the consumer comes back by itself, and
 * faster than a new one.
 */
final class KafkaConnection implements Connection {

  private static final Duration END = Duration.ofSeconds(2);

  private final KafkaOptions options;
  private final KafkaTroubles troubles;
  private final Admin admin;
  private final Topics topics;
  private final KafkaMessages messages;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Where the group stands when the last batch was taken. */
  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();

  private final Set<TopicPartition> lost = new HashSet<>();
  private boolean holding;

  KafkaConnection(
      KafkaOptions options, Admin admin, Topics topics, KafkaConsumer<byte[], byte[]> consumer) {
    this.options = options;
    this.troubles = new KafkaTroubles(options);
    this.admin = admin;
    this.topics = topics;
    this.consumer = consumer;
    this.messages = new KafkaMessages(options.addresses().getFirst(), topics.ids());
    consumer.subscribe(options.topics(), new Partitions());
  }

  /** Partitions come and go with the other members of the group. */
  private final class Partitions implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (holding) {
        consumer.pause(partitions);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      lost.addAll(partitions);
    }
  }

  @Override
  public List<Message> receive(Duration atMost) throws Trouble, InterruptedException {
    topics.look();
    ConsumerRecords<byte[], byte[]> records = poll(atMost);
    next.clear();
    next.putAll(records.nextOffsets());
    List<Message> read = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read.add(messages.read(record));
    }
    return read;
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration atMost)
      throws Trouble, InterruptedException {
    try {
      return consumer.poll(atMost);
    } catch (InterruptException e) {
      throw interrupted();
    } catch (KafkaException e) {
      throw troubles.of(e);
    }
  }

  private static InterruptedException interrupted() {
    Thread.interrupted();
    return new InterruptedException();
  }

  @Override
  public void acknowledge() throws Trouble, InterruptedException {
    try {
      consumer.commitSync(next);
    } catch (InterruptException e) {
      throw interrupted();
    } catch (KafkaException e) {
      throw troubles.of(e);
    }
  }

  /** A member must ask for records now and then, and gets none of partitions that are paused. */
  @Override
  public void hold() throws Trouble, InterruptedException {
    lost.clear();
    holding = true;
    try {
      consumer.pause(consumer.assignment());
      poll(Duration.ZERO);
    } finally {
      holding = false;
    }
    if (!Collections.disjoint(lost, next.keySet())) {
      throw new Trouble(
          "%s: the group %s has given the partitions to another member"
              .formatted(options.where(), options.group()),
          "");
    }
    consumer.resume(consumer.paused());
    topics.look();
  }

  @Override
  public @Nullable String trouble() {
    return topics.trouble();
  }

  /** Unknown as long as it is of one of its partitions, and while it has none. */
  @Override
  public @Nullable Long lag() {
    Set<TopicPartition> partitions = consumer.assignment();
    if (partitions.isEmpty()) {
      return null;
    }
    long sum = 0;
    for (TopicPartition partition : partitions) {
      OptionalLong lag = consumer.currentLag(partition);
      if (lag.isEmpty()) {
        return null;
      }
      sum += lag.getAsLong();
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(END));
    } catch (KafkaException e) {
      System.getLogger(KafkaConnection.class.getName())
          .log(Level.DEBUG, "not closed in order: {0}", e.getMessage());
    } finally {
      admin.close(END);
    }
  }
}
