package io.twinflow.triggers.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Keeper;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** AMQP 0-9-1 on RabbitMQ. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_AMQP_URL", matches = ".+")
class AmqpIT extends SourceContract {

  @Override
  protected SourceType type() {
    return new AmqpType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("rabbitmq", "TWINFLOW_AMQP");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("queue", text(place));
    return where;
  }

  @Override
  protected boolean tellsLag() {
    return true;
  }

  @Override
  protected Publisher publisher() {
    return new AmqpPublisher(peer());
  }

  @Override
  protected String unknown() {
    return "no queue";
  }

  @Override
  protected boolean knowsIds() {
    return true;
  }

  @Test
  void saysWhatTheUserMayNotDo() throws Exception {
    Source source = open(asGuest());
    source.start(new Keeper());

    await(() -> source.state().trouble().contains("user guest may not read the queue " + place));
    assertThat(source.state().trouble()).contains("ACCESS_REFUSED", "permission to read it");
  }

  @Test
  void saysWhichVirtualHostIsNotThere() throws Exception {
    Map<String, Setting> settings = settings(place);
    settings.put("virtualHost", text("nowhere"));
    Source source = open(settings);
    source.start(new Keeper());

    await(() -> source.state().trouble().contains("virtual host nowhere"));
    assertThat(source.check())
        .singleElement()
        .satisfies(finding -> assertThat(finding.mend()).contains("virtualHost:"));
  }
}
