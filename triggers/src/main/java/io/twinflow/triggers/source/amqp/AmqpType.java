package io.twinflow.triggers.source.amqp;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Receiver;

/** {@code type: amqp} in the configuration. */
public final class AmqpType implements SourceType {

  private static final int PORT = 5672;
  private static final int TLS_PORT = 5671;
  private static final int MOST_PREFETCH = 65_535;
  private static final int USUAL_PREFETCH = 200;

  @Override
  public String name() {
    return "amqp";
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    Access access = Access.read(settings);
    if (access.user() == null) {
      throw settings.wrong("user", "the name of a user of the broker");
    }
    int prefetch = settings.count("prefetch", 1).orElse(USUAL_PREFETCH);
    if (prefetch > MOST_PREFETCH) {
      throw settings.wrong("prefetch", "a whole number from 1 to " + MOST_PREFETCH);
    }
    AmqpOptions options =
        new AmqpOptions(
            Address.read(settings, access.tls() == null ? PORT : TLS_PORT),
            access,
            settings.text("virtualHost", "the name of a virtual host").orElse(AmqpOptions.ROOT),
            settings.required("queue", "the name of a durable queue"),
            prefetch);
    return new Receiver(settings.name(), new AmqpBroker(options));
  }
}
