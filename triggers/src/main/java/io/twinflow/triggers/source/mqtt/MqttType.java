package io.twinflow.triggers.source.mqtt;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Receiver;
import io.twinflow.triggers.source.mqtt.MqttOptions.Identity;
import io.twinflow.triggers.source.mqtt.MqttOptions.Version;
import java.time.Duration;
import java.util.List;

/** {@code type: mqtt} in the configuration. */
public final class MqttType implements SourceType {

  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;
  private static final int EXACTLY_ONCE = 2;
  private static final Duration EXPIRY = Duration.ofDays(7);
  private static final String SESSION =
      "the client identifier of a session that is this source's alone, as in twinflow-gauges";
  private static final String TOPICS = "topics or filters of topics, as in gauges/+/level";

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    Access access = Access.read(settings);
    MqttOptions options =
        new MqttOptions(
            Address.read(settings, access.tls() == null ? PORT : TLS_PORT),
            access,
            version(settings),
            settings.required("session", SESSION),
            topics(settings),
            qos(settings),
            settings.time("sessionExpiry").orElse(EXPIRY),
            settings.choice("identity", Identity.class).orElse(Identity.DELIVERY));
    return new Receiver(settings.name(), new MqttBroker(options));
  }

  private static Version version(Settings settings) throws InvalidSettingException {
    String expected = "5 or 3.1.1";
    return switch (settings.text("version", expected).orElse("5")) {
      case "5", "5.0" -> Version.V5;
      case "3.1.1" -> Version.V3;
      default -> throw settings.wrong("version", expected);
    };
  }

  private static List<String> topics(Settings settings) throws InvalidSettingException {
    List<String> topics = settings.texts("topics", TOPICS);
    if (topics.isEmpty()) {
      throw settings.wrong("topics", TOPICS);
    }
    for (String topic : topics) {
      if (!TopicFilter.isValid(topic)) {
        throw settings.wrong(
            "topics",
            TOPICS
                + " (+ stands for a whole level, # for all that follow, at the end), not '%s'"
                    .formatted(topic));
      }
    }
    return topics;
  }

  private static int qos(Settings settings) throws InvalidSettingException {
    int qos = settings.count("qos", 0).orElse(1);
    if (qos > EXACTLY_ONCE) {
      throw settings.wrong("qos", "0, 1 or 2");
    }
    return qos;
  }
}
