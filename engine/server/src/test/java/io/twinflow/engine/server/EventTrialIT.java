package io.twinflow.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.engine.postgres.FiguresFile;
import io.twinflow.engine.postgres.PreparedPostgres;
import io.twinflow.engine.postgres.embedded.PrivatePostgres;
import io.twinflow.triggers.source.amqp.AmqpPublisher;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.kafka.KafkaPublisher;
import io.twinflow.triggers.source.mqtt.MqttPublisher;
import io.twinflow.triggers.source.nats.NatsPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events over eight sources, while servers, their database and the brokers are killed: each event
 * starts its run, once, and in order where its source has one. Ceph is not killed, as its store is
 * in memory here.
 */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_NATS_URL", matches = ".+")
final class EventTrialIT {

  private static final long SEED = 4711;
  private static final String PLACE = "trial";

  /** Of 1,000 events. */
  private static final int HTTP = 270;

  private static final int BROKER = 175;
  private static final int OBJECTS = 10;

  @TempDir private Path folder;

  private Map<Feed, Integer> feeds(Installation installation, Front front, int thousandths)
      throws Exception {
    Path peers = folder.resolve("peers");
    Map<Feed, Integer> feeds = new LinkedHashMap<>();
    feeds.put(new HttpFeed(installation), HTTP * thousandths);
    Peer kafka = Peer.start("kafka", "TWINFLOW_KAFKA", peers);
    feeds.put(
        BrokerFeed.made(
            "kafka", kafka, new KafkaPublisher(kafka), PLACE, "topics: trial, group: trial", false),
        BROKER * thousandths);
    Peer nats = Peer.start("nats", "TWINFLOW_NATS", peers);
    feeds.put(
        BrokerFeed.made(
            "nats",
            nats,
            new NatsPublisher(nats),
            PLACE,
            "stream: trial, consumer: twinflow, ackWait: 5s",
            false),
        BROKER * thousandths);
    Peer rabbit = Peer.start("rabbitmq", "TWINFLOW_AMQP", peers);
    feeds.put(
        BrokerFeed.made("amqp", rabbit, new AmqpPublisher(rabbit), PLACE, "queue: trial", false),
        BROKER * thousandths);
    Peer mosquitto = Peer.start("mosquitto", "TWINFLOW_MQTT", peers);
    feeds.put(
        BrokerFeed.made(
            "mqtt",
            mosquitto,
            new MqttPublisher(mosquitto),
            PLACE,
            "session: trial, topics: 'trial/+'",
            true),
        BROKER * thousandths);
    feeds.put(BucketFeed.made("kept", true, front), OBJECTS * thousandths);
    feeds.put(BucketFeed.made("lossy", false, front), OBJECTS * thousandths);
    feeds.put(new FolderFeed(folder.resolve("incoming")), OBJECTS * thousandths);
    return feeds;
  }

  private record Result(Map<Feed, Integer> feeds, Trial.Course course) {}

  private Result carryOut(int thousandths, int rounds) throws Exception {
    Map<Feed, Integer> feeds = new LinkedHashMap<>();
    try (PrivatePostgres database = PreparedPostgres.start(folder.resolve("postgres"));
        Front front = new Front();
        Installation installation = new Installation(folder.resolve("shared"), database, 0)) {
      front.leadToAny(() ->
          installation.servers().stream()
              .map(server -> "http://127.0.0.1:" + server.port())
              .toList());
      feeds.putAll(feeds(installation, front, thousandths));
      Trial.configure(installation.data(), folder, feeds.keySet());
      installation.add(2);
      Trial trial = new Trial(installation, feeds, SEED);
      Trial.Course course = trial.carryOut(rounds);
      TrialRows rows = new TrialRows(installation);
      for (Map.Entry<Feed, Integer> each : feeds.entrySet()) {
        rows.check(each.getKey(), each.getValue());
      }
      rows.checkAll(trial.events());
      return new Result(feeds, course);
    } finally {
      for (Feed feed : feeds.keySet()) {
        feed.close();
      }
    }
  }

  @Test
  void eachEventStartsItsRunOnce() throws Exception {
    Result result = carryOut(1, 1);
    assertThat(result.course().kills())
        .containsOnlyKeys("server", "database", "kafka", "nats", "amqp", "mqtt");
    assertThat(result.course().repeated()).isPositive();
  }

  @Tag("long")
  @Test
  void eachOfAHundredThousandEventsStartsItsRunOnce() throws Exception {
    Result result = carryOut(100, 12);
    FiguresFile.write(
        "trial.md",
        String.format(
            Locale.ROOT,
            """
            # A hundred thousand events while everything is killed

            Written by `EventTrialIT`: two servers of one database take events over HTTP, Kafka, NATS, AMQP, MQTT 5, a topic of Ceph that keeps what nobody takes, a folder,
            and a topic of Ceph that loses it, with a sweep. Ceph is not killed, as its store is in memory here; mosquitto is told to save before it is killed, as by itself it does so only now and then.
            What was sent was kept by its broker, or sent again; every tenth batch was sent twice. Each event started its run exactly once, and those of one source met the triggers in the
            order in which they were sent where the source keeps one (all but Ceph and the folder). The checks read the database.

            %s
            | source | events |
            |---|---|
            %s

            Killed (`kill -9`) and started again: %s. Sent again on purpose: %d; sendings that failed and were tried again: %d.
            Sending took %s, all runs were there after %s: %.0f events and runs a second.
            """,
            FiguresFile.machine(),
            result.feeds().entrySet().stream()
                .map(each -> "| %s | %d |".formatted(each.getKey().name(), each.getValue()))
                .collect(Collectors.joining("\n")),
            result.course().kills().entrySet().stream()
                .map(each -> "%s %d times".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ")),
            result.course().repeated(),
            result.course().failures(),
            minutes(result.course().sending()),
            minutes(result.course().all()),
            result.feeds().values().stream().mapToInt(each -> each).sum()
                / (double) result.course().all().toSeconds()));
  }

  private static String minutes(Duration time) {
    return "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
