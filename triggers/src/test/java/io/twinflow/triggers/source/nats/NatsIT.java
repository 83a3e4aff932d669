package io.twinflow.triggers.source.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.twinflow.executors.api.settings.Setting;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Keeper;
import io.twinflow.triggers.source.broker.Line;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** JetStream on nats-server. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_NATS_URL", matches = ".+")
class NatsIT extends SourceContract {

  @Override
  protected SourceType type() {
    return new NatsType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("nats", "TWINFLOW_NATS");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("stream", text(place));
    where.put("consumer", text("twinflow"));
    where.put("subject", text(place + ".*"));
    where.put("ackWait", text("2s"));
    return where;
  }

  @Override
  protected Publisher publisher() {
    return new NatsPublisher(peer());
  }

  @Override
  protected String unknown() {
    return "there is no stream";
  }

  @Override
  protected boolean tellsLag() {
    return true;
  }

  @Override
  protected boolean knowsIds() {
    return true;
  }

  @Test
  void saysWhatTheUserMayNotDo() throws Exception {
    Source source = open(asGuest());
    source.start(new Keeper());

    await(() -> source.state().trouble().contains("user guest may not do what is needed"));
    assertThat(source.state().trouble())
        .contains("Permissions Violation", "$JS.ACK." + place + ".twinflow.>");
    assertThat(source.check()).anyMatch(finding -> finding.mend().contains("allow the user"));
  }

  /** A consumer that forgets would lose what is under way. */
  @Test
  void takesNoConsumerThatForgets() throws Exception {
    try (Connection connection = new NatsPublisher(peer()).connect()) {
      connection
          .jetStreamManagement()
          .addOrUpdateConsumer(
              place,
              ConsumerConfiguration.builder()
                  .durable("twinflow")
                  .ackPolicy(AckPolicy.None)
                  .build());
    }
    Source source = open(settings(place));
    source.start(new Keeper());

    await(() -> source.state().trouble().contains("ack policy none"));
    assertThat(source.check()).anyMatch(finding -> finding.found().contains("ack policy none"));
  }

  /** What is on its way when a request for messages ends is taken in its turn, too. */
  @Test
  void keepsTheOrderOverASlowLine() throws Exception {
    // Longer than a request waits: each ends while its message is on its way.
    try (Line line = new Line(peer().address(), Duration.ofMillis(1200))) {
      Map<String, Setting> settings =
          new LinkedHashMap<>(settings(place, line.address(), peer().password()));
      settings.put("ackWait", text("8s"));
      Source source = open(settings);
      source.start(keeper);

      for (int i = 0; i < 6; i += 2) {
        int before = line.waits();
        await(() -> line.waits() > before);
        send(bodies(i, i + 1));
        send(bodies(i + 1, i + 2));
      }

      awaitBodies(bodies(0, 6));
    }
  }

  @Test
  void whatIsPurgedIsNotBehind() throws Exception {
    keeper.refuse(true);
    send(bodies(0, 1000));
    Source source = open(settings(place));
    source.start(keeper);
    await(() -> source.state().lag() != null && source.state().lag() > 100);

    try (Connection connection = new NatsPublisher(peer()).connect()) {
      connection.jetStreamManagement().purgeStream(place);
    }
    keeper.refuse(false);

    await(() -> source.state().taken() > 0);
    await(() -> Objects.equals(source.state().lag(), 0L));
    assertThat(source.state().taken()).isLessThan(1000);
  }
}
