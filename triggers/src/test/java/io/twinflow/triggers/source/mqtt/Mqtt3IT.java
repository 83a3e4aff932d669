package io.twinflow.triggers.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.triggers.source.Message;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.broker.Keeper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** MQTT 3.1.1 on mosquitto, with quality of service 2, and ids of what was sent. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_MQTT_URL", matches = ".+")
class Mqtt3IT extends Mqtt5IT {

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = super.where(place);
    where.put("version", text("3.1.1"));
    where.put("qos", text("2"));
    where.put("identity", text("body"));
    return where;
  }

  /** This version has no place for them: an event is whole in its body. */
  @Override
  @Test
  protected void attributesBesideTheBodyArrive() throws Exception {
    Keeper keeper = new Keeper();
    Source source = open(settings(place));
    source.start(keeper);
    await(() -> source.state().connected());

    send(place, List.of(new Sent("{}", Map.of("specversion", "1.0", "id", "7"))));

    await(() -> !keeper.taken().isEmpty());
    Message message = keeper.taken().getFirst();
    assertThat(message.attributes()).isEmpty();
    assertThat(message.contentType()).isNull();
    assertThat(message.subject()).isEqualTo(place + "/level");
  }

  @Override
  protected boolean knowsIds() {
    return true;
  }
}
