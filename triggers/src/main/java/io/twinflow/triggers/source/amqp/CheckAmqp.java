package io.twinflow.triggers.source.amqp;

import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.broker.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at a broker and a queue, and takes no message from it. */
record CheckAmqp(AmqpOptions options) {

  private static final String BROKER = "broker";
  private static final String QUEUE = "queue";

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      Connection connection = AmqpBroker.open(options);
      try {
        findings.add(Finding.good(BROKER, broker(connection)));
        findings.add(queue(connection));
      } finally {
        connection.abort(AmqpBroker.END_MS);
      }
    } catch (Trouble e) {
      findings.add(e.finding(BROKER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.add(Finding.problem(BROKER, "the look was broken off", ""));
    }
    return findings;
  }

  private String broker(Connection connection) {
    Map<String, Object> properties = connection.getServerProperties();
    return "%s:%d is %s %s and lets in %s to the virtual host %s"
        .formatted(
            connection.getAddress().getHostAddress(),
            connection.getPort(),
            properties.get("product"),
            properties.get("version"),
            options.access().who(),
            options.virtualHost());
  }

  private Finding queue(Connection connection) {
    try {
      Channel channel = connection.createChannel();
      DeclareOk found = channel.queueDeclarePassive(options.queue());
      return Finding.good(
          QUEUE,
          "%s has %,d messages and %,d consumers"
              .formatted(options.queue(), found.getMessageCount(), found.getConsumerCount()));
    } catch (IOException | ShutdownSignalException e) {
      return new AmqpTroubles(options).of(e).finding(QUEUE);
    }
  }
}
