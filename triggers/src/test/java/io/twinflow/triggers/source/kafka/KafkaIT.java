package io.twinflow.triggers.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Peer;
import io.twinflow.triggers.source.broker.Publisher;
import io.twinflow.triggers.source.broker.SourceContract;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Kafka, of one broker. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_KAFKA_URL", matches = ".+")
class KafkaIT extends SourceContract {

  @Override
  protected SourceType type() {
    return new KafkaType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("kafka", "TWINFLOW_KAFKA");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("topics", text(place));
    where.put("group", text("group-" + place));
    return where;
  }

  @Override
  protected Publisher publisher() {
    return new KafkaPublisher(peer());
  }

  @Override
  protected String unknown() {
    return "there is no topic";
  }

  @Override
  protected boolean tellsLag() {
    return true;
  }

  @Override
  protected boolean knowsIds() {
    return true;
  }

  /** Joining the group takes seconds, in which it is not known how much there is. */
  @Test
  void saysNoLagBeforeItIsKnown() throws Exception {
    keeper.refuse(true);
    send(bodies(0, 1000));
    Source source = open(settings(place));
    source.start(keeper);

    await(() -> {
      Long lag = source.state().lag();
      assertThat(Objects.equals(lag, 0L)).as("none of 1000 messages").isFalse();
      return lag != null && lag > 100;
    });
  }
}
