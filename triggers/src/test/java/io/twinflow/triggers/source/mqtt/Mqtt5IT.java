package io.twinflow.triggers.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinflow.executors.api.settings.Setting;
import io.twinflow.executors.api.site.Finding;
import io.twinflow.executors.api.site.Finding.Level;
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

/** MQTT 5 on mosquitto, with quality of service 1. */
@EnabledIfEnvironmentVariable(named = "TWINFLOW_MQTT_URL", matches = ".+")
class Mqtt5IT extends SourceContract {

  @Override
  protected SourceType type() {
    return new MqttType();
  }

  @Override
  protected Peer peer() {
    return Peer.of("mosquitto", "TWINFLOW_MQTT");
  }

  @Override
  protected Map<String, Setting> where(String place) {
    Map<String, Setting> where = new LinkedHashMap<>();
    where.put("session", text("session-" + place));
    where.put("topics", text(place + "/+"));
    return where;
  }

  @Override
  protected Publisher publisher() {
    return new MqttPublisher(peer());
  }

  @Override
  protected void settle() throws Exception {
    peer().tell("save");
  }

  /** A topic is there as soon as somebody names it: nothing is to be mended. */
  @Override
  @Test
  protected void saysWhatIsNotThere() throws Exception {
    Source source = open(settings("never" + place));
    source.start(new Keeper());

    await(() -> source.state().connected());
    assertThat(source.state().trouble()).isNull();
    assertThat(source.check()).extracting(Finding::level).containsOnly(Level.GOOD);
  }

  @Override
  protected String unknown() {
    throw new UnsupportedOperationException("every topic is there");
  }

  @Override
  protected boolean knowsIds() {
    return false;
  }

  /**
   * Of two clients with one identifier each throws the other out; neither may do so without rest.
   */
  @Test
  void saysThatAnotherHasItsSession() throws Exception {
    Source first = open(settings(place));
    first.start(new Keeper());
    await(() -> first.state().connected());
    Source second = open(settings(place));
    second.start(new Keeper());

    await(() -> String.valueOf(first.state().trouble()).contains("session-" + place));
    second.close();
    await(() -> first.state().connected());
  }
}
