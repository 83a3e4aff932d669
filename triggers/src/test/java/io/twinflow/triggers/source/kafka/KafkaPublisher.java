package io.twinflow.triggers.source.kafka;

import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** With the acknowledgement of all replicas. */
public record KafkaPublisher(Peer peer) implements Publisher {

  private Map<String, Object> client() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", peer.address());
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(peer.user(), peer.password()));
    return settings;
  }

  @Override
  public void make(String place) throws Exception {
    try (Admin admin = Admin.create(client())) {
      admin
          .createTopics(List.of(new NewTopic(place, Optional.of(2), Optional.of((short) 1))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @Override
  public void send(String place, List<Sent> messages) throws Exception {
    Map<String, Object> settings = client();
    settings.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Sent message : messages) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                place,
                "neckar".getBytes(StandardCharsets.UTF_8),
                message.body().getBytes(StandardCharsets.UTF_8));
        message
            .attributes()
            .forEach((name, value) ->
                record
                    .headers()
                    .add(
                        name.equals("datacontenttype") ? "content-type" : "ce_" + name,
                        value.getBytes(StandardCharsets.UTF_8)));
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get(30, TimeUnit.SECONDS);
      }
    }
  }
}
