package io.twinflow.triggers.source.nats;

import io.nats.client.JetStreamApiException;
import io.twinflow.executors.api.support.NetworkWords;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Trouble;
import java.util.Locale;

/** Says what the exceptions of the client mean to an administrator. */
record NatsTroubles(NatsOptions options, String where, LastError lastError) {

  private static final int NO_STREAM = 10_059;
  private static final int NO_CONSUMER = 10_014;

  /** Of the answers of JetStream, that it is not there for this account. */
  private static final int NOT_ENABLED = 10_039;

  private static final int NOT_ENABLED_HERE = 10_076;

  static boolean isNoConsumer(JetStreamApiException failure) {
    return failure.getApiErrorCode() == NO_CONSUMER;
  }

  Trouble of(Exception failure) {
    String said = lastError.said();
    Exception failed = lastError.failed();
    return switch (failure) {
      case Trouble trouble -> trouble;
      case JetStreamApiException refused -> refused(refused);
      default -> {
        Exception cause = failed == null ? failure : failed;
        yield of(said.isEmpty() ? NetworkWords.of(cause) : said, cause);
      }
    };
  }

  /** Errors of the protocol have no numbers, only words. */
  private Trouble of(String words, Exception failure) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("permissions violation")) {
      return forbidden(words);
    }
    return lower.contains("authentication") || lower.contains("authorization")
        ? unknownUser(words)
        : Address.silent(where, words, failure);
  }

  private Trouble unknownUser(String words) {
    options.access().refused();
    return new Trouble(
        "%s: the server refuses %s: %s".formatted(where, options.who(), words), Access.MEND);
  }

  private Trouble forbidden(String words) {
    return new Trouble(
        "%s: %s may not do what is needed: %s".formatted(where, options.who(), words),
        "allow the user to publish to $JS.API.STREAM.INFO.%1$s, $JS.API.CONSUMER.*.%1$s.>, $JS.API.CONSUMER.MSG.NEXT.%1$s.%2$s and $JS.ACK.%1$s.%2$s.>, and to subscribe to _INBOX.>"
            .formatted(options.stream(), options.consumer()));
  }

  private Trouble refused(JetStreamApiException refused) {
    return switch (refused.getApiErrorCode()) {
      case NO_STREAM ->
          new Trouble(
              "%s: there is no stream %s".formatted(where, options.stream()),
              "make it, or mend stream:");
      case NOT_ENABLED, NOT_ENABLED_HERE ->
          new Trouble(
              "%s: %s".formatted(where, refused.getErrorDescription()),
              "enable JetStream at the server and for the account");
      default ->
          new Trouble(
              "%s: stream %s, consumer %s: %s"
                  .formatted(
                      where, options.stream(), options.consumer(), refused.getErrorDescription()),
              "see that subject: is one of the stream's, and that the user may read the stream");
    };
  }
}
