package io.twinflow.triggers.source.mqtt;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks at a broker with a session of its own, which ends with the look. */
record CheckMqtt(MqttOptions options) {

  /** What to do about a topic that is refused. */
  static final String ALLOW =
      "let the user subscribe to it in the broker's access list, or mend topics:";

  private static final String BROKER = "broker";
  private static final String TOPIC = "topic";

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Address address : options.addresses()) {
      look(address, findings);
    }
    if (options.qos() == 0) {
      findings.add(
          Finding.note(
              "qos",
              "with quality of service 0 the broker forgets what it has sent, and what comes while nobody is connected",
              "set qos: 1"));
    }
    return findings;
  }

  private void look(Address address, List<Finding> findings) {
    Arrivals<Published> arrivals = new Arrivals<>(MqttOptions.BATCH, one -> one.body().length);
    try {
      Link link = Links.make(options, address, "twinflow-check-" + UUID.randomUUID(), arrivals);
      try {
        link.connect(true);
        findings.add(
            Finding.good(
                BROKER,
                "%s lets in %s with MQTT %s"
                    .formatted(
                        address,
                        options.access().who(),
                        switch (options.version()) {
                          case V3 -> "3.1.1";
                          case V5 -> "5";
                        })));
        List<String> topics =
            options.topics().stream().filter(topic -> !TopicFilter.isShared(topic)).toList();
        if (!topics.isEmpty()) {
          link.subscribe(topics, false).forEach(grant -> findings.add(finding(grant)));
        }
      } finally {
        arrivals.lose(new Trouble("looked", ""));
        link.disconnect();
      }
    } catch (Trouble e) {
      findings.add(e.finding(BROKER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(Finding.problem(BROKER, "the look at " + address + " was broken off", ""));
    }
  }

  private Finding finding(Grant grant) {
    if (grant.refusal() != null) {
      return Finding.problem(
          TOPIC, "the broker refuses %s: %s".formatted(grant.topic(), grant.refusal()), ALLOW);
    }
    if (grant.qos() < options.qos()) {
      return Finding.note(
          TOPIC,
          "the broker gives %s with quality of service %d only"
              .formatted(grant.topic(), grant.qos()),
          "let it give %d, or messages get lost".formatted(options.qos()));
    }
    return Finding.good(TOPIC, "the broker takes the subscription to %s".formatted(grant.topic()));
  }
}
