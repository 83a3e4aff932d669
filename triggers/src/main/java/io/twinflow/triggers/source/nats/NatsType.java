package io.twinflow.triggers.source.nats;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** {@code type: nats} in the configuration. */
public final class NatsType implements SourceType {

  private static final int PORT = 4222;
  private static final int USUAL_BATCH = 100;
  private static final Duration USUAL_ACK_WAIT = Duration.ofSeconds(30);

  /** While messages are held the server hears of it about every second. */
  private static final Duration LEAST_ACK_WAIT = Duration.ofSeconds(2);

  /** What no name of a stream or consumer may have in it. */
  private static final Pattern NAME = Pattern.compile("[^\\s.*>/\\\\]+");

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    Access access = Access.read(settings);
    Path credentials = settings.folder("credentials").orElse(null);
    if (credentials != null && access.user() != null) {
      throw settings.wrong("credentials", "either this file or user: and password:, not both");
    }
    NatsOptions options =
        new NatsOptions(
            Address.read(settings, PORT),
            access,
            credentials,
            named(settings, "stream", "the name of a stream, as in GAUGES"),
            named(settings, "consumer", "the name of a durable consumer, as in twinflow"),
            settings.text("subject", "a subject of the stream, as in gauges.*.level").orElse(null),
            ackWait(settings),
            settings.count("batch", 1).orElse(USUAL_BATCH));
    return new Receiver(settings.name(), new NatsBroker(options));
  }

  private static String named(Settings settings, String field, String expected)
      throws InvalidSettingException {
    String name = settings.required(field, expected);
    if (!NAME.matcher(name).matches()) {
      throw settings.wrong(field, expected + ", without spaces and . * > / \\");
    }
    return name;
  }

  private static Duration ackWait(Settings settings) throws InvalidSettingException {
    Duration wait = settings.time("ackWait").orElse(USUAL_ACK_WAIT);
    if (wait.compareTo(LEAST_ACK_WAIT) < 0) {
      throw settings.wrong("ackWait", "a time from 2s on");
    }
    return wait;
  }
}
