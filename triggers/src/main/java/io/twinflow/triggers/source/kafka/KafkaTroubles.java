package io.twinflow.triggers.source.kafka;

import io.twinflow.executors.api.support.NetworkWords;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Trouble;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says what the exceptions of the client mean to an administrator. */
record KafkaTroubles(KafkaOptions options) {

  Trouble of(Throwable failure) {
    return switch (failure) {
      case Trouble trouble -> trouble;
      case ExecutionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case SslAuthenticationException tls ->
          Address.silent(options.where(), NetworkWords.of(tls), tls);
      case AuthenticationException refused -> {
        options.access().refused();
        yield trouble(
            "the broker refuses %s: %s".formatted(options.access().who(), refused.getMessage()),
            Access.MEND + "; see that mechanism: is one of the broker's",
            refused);
      }
      case TopicAuthorizationException refused ->
          trouble(
              "%s may not read %s"
                  .formatted(
                      options.access().who(), String.join(", ", refused.unauthorizedTopics())),
              "give the user READ and DESCRIBE on the topics",
              refused);
      case GroupAuthorizationException refused ->
          trouble(
              "%s may not use the group %s".formatted(options.access().who(), options.group()),
              "give the user READ on the group, or mend group:",
              refused);
      case TimeoutException late -> silent(late);
      default -> trouble(NetworkWords.of(failure), "see the broker's log", failure);
    };
  }

  Trouble ofTopic(String topic, Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException e && e.getCause() != null ? e.getCause() : failure;
    return cause instanceof UnknownTopicOrPartitionException
        ? trouble(
            "there is no topic %s, or %s may not see it".formatted(topic, options.access().who()),
            "make it, give the user READ and DESCRIBE on it, or mend topics:",
            cause)
        : of(cause);
  }

  /** Nobody answers, or whoever does cannot be understood. */
  Trouble silent(Throwable cause) {
    return trouble(
        "no broker answers: " + NetworkWords.of(cause),
        Address.MEND + "; see also that tls: and user: are there if the broker wants them",
        cause);
  }

  private Trouble trouble(String found, String mend, Throwable cause) {
    return new Trouble("%s: %s".formatted(options.where(), found), mend, cause);
  }
}
