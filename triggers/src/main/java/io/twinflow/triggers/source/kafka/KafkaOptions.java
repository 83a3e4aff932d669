package io.twinflow.triggers.source.kafka;

import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import java.util.List;
import java.util.stream.Collectors;

/**
 * @param group that holds the position
 * @param batch records at most
 */
record KafkaOptions(
    List<Address> addresses,
    Access access,
    Mechanism mechanism,
    List<String> topics,
    String group,
    Start start,
    int batch) {

  /** How the user's password is shown to a broker (SASL). */
  enum Mechanism {
    PLAIN("PLAIN", "plain.PlainLoginModule"),
    SCRAM_SHA_256("SCRAM-SHA-256", "scram.ScramLoginModule"),
    SCRAM_SHA_512("SCRAM-SHA-512", "scram.ScramLoginModule");

    private final String word;
    private final String module;

    Mechanism(String word, String module) {
      this.word = word;
      this.module = module;
    }

    String word() {
      return word;
    }

    String module() {
      return "org.apache.kafka.common.security." + module;
    }
  }

  /** Where a group begins that has no position. */
  enum Start {
    EARLIEST,
    LATEST
  }

  KafkaOptions {
    addresses = List.copyOf(addresses);
    topics = List.copyOf(topics);
  }

  String where() {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}
