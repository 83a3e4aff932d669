package io.twinflow.triggers.source.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import java.time.Duration;
import java.util.List;

/**
 * @param session the client identifier, by which the broker knows what was not delivered yet
 * @param expiry how long the broker keeps the session while nobody is connected; from 5 on
 */
record MqttOptions(
    List<Address> addresses,
    Access access,
    Version version,
    String session,
    List<String> topics,
    int qos,
    Duration expiry,
    Identity identity) {

  /** So many messages are handed over together at most, and so many wait. */
  static final int BATCH = 200;

  enum Version {
    V3,
    V5
  }

  /** What makes two messages the same, as MQTT itself has no ids. */
  enum Identity {
    /** Each delivery is a message of its own. */
    DELIVERY,
    /** The same body on the same topic is the same message. */
    BODY
  }

  /** Of service. */
  MqttQos quality() {
    return switch (qos) {
      case 0 -> MqttQos.AT_MOST_ONCE;
      case 1 -> MqttQos.AT_LEAST_ONCE;
      default -> MqttQos.EXACTLY_ONCE;
    };
  }

  MqttOptions {
    addresses = List.copyOf(addresses);
    topics = List.copyOf(topics);
  }
}
