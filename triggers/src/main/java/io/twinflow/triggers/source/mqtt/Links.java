package io.twinflow.triggers.source.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Arrivals;
import io.twinflow.triggers.source.broker.Tls;
import io.twinflow.triggers.source.broker.Trouble;
import java.util.concurrent.TimeUnit;

/** Makes clients. */
final class Links {

  private static final int CONNECT_SECONDS = 10;

  private Links() {}

  /**
   * @param session the client identifier
   * @param arrivals gets what comes, and why nothing comes any more
   */
  static Link make(
      MqttOptions options, Address address, String session, Arrivals<Published> arrivals)
      throws Trouble {
    MqttTroubles troubles = new MqttTroubles(address, options.access(), session);
    MqttClientBuilder client =
        MqttClient.builder()
            .identifier(session)
            .transportConfig(transport(options, address))
            .addDisconnectedListener(end -> arrivals.lose(troubles.of(end.getCause())));
    return switch (options.version()) {
      case V3 -> new Link3(client.useMqttVersion3().buildAsync(), options, troubles, arrivals);
      case V5 -> new Link5(client.useMqttVersion5().buildAsync(), options, troubles, arrivals);
    };
  }

  private static MqttClientTransportConfig transport(MqttOptions options, Address address)
      throws Trouble {
    Tls tls = options.access().tls();
    return MqttClientTransportConfig.builder()
        .serverHost(address.host())
        .serverPort(address.port())
        .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .sslConfig(tls == null ? null : ssl(tls))
        .build();
  }

  private static MqttClientSslConfig ssl(Tls tls) throws Trouble {
    return MqttClientSslConfig.builder()
        .trustManagerFactory(tls.trust())
        .keyManagerFactory(tls.keys())
        .build();
  }
}
