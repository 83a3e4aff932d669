package io.twinflow.triggers.source.kafka;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.SourceContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Kafka, of one broker. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KAFKA_URL", matches = ".+")
class KafkaIT extends SourceContract {

  @Override
  protected SourceType type() {
    return new KafkaType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("kafka", "TWINFLOW_KAFKA");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("topics", text(place));
    where.put("group", text("group-" + place));
    return where;
  }

  private Map<String, Object> client() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", peer().address());
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(peer().user(), peer().password()));
    return settings;
  }

  @Override
  protected void make(String place) throws Exception {
    try (Admin admin = Admin.create(client())) {
      admin
          .createTopics(List.of(new NewTopic(place, Optional.of(2), Optional.of((short) 1))))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @Override
  protected void send(String place, List<Sent> messages) throws Exception {
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

  @Override
  protected String unknown() {
    return "there is no topic";
  }

  @Override
  protected boolean knowsIds() {
    return true;
  }
}
