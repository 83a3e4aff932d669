package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.twinflow.executors.api.support.NetworkWords;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Trouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what the exceptions of the client mean to an administrator. */
record AmqpTroubles(AmqpOptions options) {

  Trouble of(Throwable failure) {
    return switch (failure) {
      case Trouble trouble -> trouble;
      case AuthenticationFailureException _, PossibleAuthenticationFailureException _ -> {
        options.access().refused();
        yield new Trouble(
            "%s: the broker refuses %s: %s"
                .formatted(where(), options.access().who(), failure.getMessage()),
            Access.MEND);
      }
      case ShutdownSignalException closed -> of(closed);
      default ->
          failure.getCause() instanceof ShutdownSignalException closed
              ? of(closed)
              : Address.silent(where(), NetworkWords.of(failure), failure);
    };
  }

  Trouble of(ShutdownSignalException closed) {
    String said = words(closed);
    return switch (code(closed)) {
      case AMQP.NOT_FOUND ->
          new Trouble(
              "%s: %s".formatted(where(), said),
              "make the queue %s in the virtual host %s (durable), or mend queue: and virtualHost:"
                  .formatted(options.queue(), options.virtualHost()));
      case AMQP.ACCESS_REFUSED ->
          new Trouble(
              "%s: %s may not read the queue %s: %s"
                  .formatted(where(), options.access().who(), options.queue(), said),
              "give the user the permission to read it");
      case AMQP.NOT_ALLOWED ->
          new Trouble(
              "%s: %s may not use the virtual host %s: %s"
                  .formatted(where(), options.access().who(), options.virtualHost(), said),
              "make the virtual host, give the user permissions in it, or mend virtualHost:");
      case AMQP.RESOURCE_LOCKED ->
          new Trouble(
              "%s: the queue %s is somebody else's alone: %s"
                  .formatted(where(), options.queue(), said),
              "end the other consumer, or name another queue");
      case AMQP.CONNECTION_FORCED ->
          new Trouble("%s: the broker ends: %s".formatted(where(), said), Address.MEND);
      case 0 -> new Trouble("%s: %s".formatted(where(), said), Address.MEND);
      default ->
          new Trouble(
              "%s: the broker refuses: %s".formatted(where(), said), "see the broker's log");
    };
  }

  /** The broker has ended the subscription, as it does when the queue is deleted. */
  Trouble cancelled() {
    return new Trouble(
        "%s: the queue %s is not given any more".formatted(where(), options.queue()),
        "see whether it was deleted, or its node has ended");
  }

  private String where() {
    return options.addresses().stream().map(Address::toString).collect(Collectors.joining(", "));
  }

  /** Of a connection that just ended there is none. */
  private static int code(ShutdownSignalException closed) {
    return switch (closed.getReason()) {
      case AMQP.Connection.Close reason -> reason.getReplyCode();
      case AMQP.Channel.Close reason -> reason.getReplyCode();
      case null, default -> 0;
    };
  }

  private static String words(ShutdownSignalException closed) {
    String reply =
        switch (closed.getReason()) {
          case AMQP.Connection.Close reason -> reason.getReplyText();
          case AMQP.Channel.Close reason -> reason.getReplyText();
          case null, default -> "";
        };
    return reply.isEmpty() ? lost(closed.getCause()) : reply;
  }

  private static String lost(@Nullable Throwable cause) {
    String why =
        cause == null || cause instanceof AlreadyClosedException ? "" : NetworkWords.of(cause);
    return why.isEmpty() ? "the connection is lost" : "the connection is lost: " + why;
  }
}
