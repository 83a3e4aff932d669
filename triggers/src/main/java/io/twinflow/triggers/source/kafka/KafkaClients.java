package io.twinflow.triggers.source.kafka;

import io.twinflow.triggers.source.broker.Tls;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes clients. */
record KafkaClients(KafkaOptions options) {

  private static final int PATIENCE_MS = 10_000;
  private static final int LONGEST_BACKOFF_MS = 2_000;

  /** After a crash the group waits so long for the one that is gone. */
  private static final int SESSION_MS = 10_000;

  private static final int HEARTBEAT_MS = 3_000;

  /** Of all records that one answer brings. */
  private static final int FETCH_BYTES = 16 << 20;

  private static final String PEM = "PEM";

  Admin admin() throws Trouble {
    try {
      return Admin.create(common());
    } catch (KafkaException e) {
      throw new KafkaTroubles(options).of(e);
    }
  }

  KafkaConsumer<byte[], byte[]> consumer() throws Trouble {
    Map<String, Object> settings = common();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, options.group());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, options.start().name().toLowerCase(Locale.ROOT));
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, options.batch());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    // What a producer has rolled back never happened.
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    try {
      return new KafkaConsumer<>(
          settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw new KafkaTroubles(options).of(e);
    }
  }

  private Map<String, Object> common() throws Trouble {
    Map<String, Object> settings = new HashMap<>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.where());
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BACKOFF_MS);
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    String user = options.access().user();
    String password = options.access().password();
    Tls tls = options.access().tls();
    settings.put(
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        user == null
            ? (tls == null ? "PLAINTEXT" : "SSL")
            : tls == null ? "SASL_PLAINTEXT" : "SASL_SSL");
    if (user != null && password != null) {
      settings.put(SaslConfigs.SASL_MECHANISM, options.mechanism().word());
      settings.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          "%s required username=%s password=%s;"
              .formatted(options.mechanism().module(), quoted(user), quoted(password)));
    }
    if (tls != null) {
      trust(tls, settings);
    }
    return settings;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The client reads PEM by itself, and checks the names of brokers. */
  private static void trust(Tls tls, Map<String, Object> settings) throws Trouble {
    if (tls.authority() != null) {
      settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
      settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, read(tls.authority()));
    }
    if (tls.certificate() != null && tls.key() != null) {
      settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
      settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, read(tls.certificate()));
      settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read(tls.key()));
    }
  }

  private static String read(Path file) throws Trouble {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Trouble("%s cannot be read: %s".formatted(file, e), "make it, as PEM", e);
    }
  }
}
