package io.twinflow.triggers.source.kafka;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Access;
import io.twinflow.triggers.source.broker.Address;
import io.twinflow.triggers.source.broker.Receiver;
import io.twinflow.triggers.source.kafka.KafkaOptions.Mechanism;
import io.twinflow.triggers.source.kafka.KafkaOptions.Start;
import java.util.List;
import java.util.regex.Pattern;

/** {@code type: kafka} in the configuration. */
public final class KafkaType implements SourceType {

  private static final int PORT = 9092;
  private static final int USUAL_BATCH = 500;
  private static final String TOPICS =
      "names of topics, as in readings (letters, digits, dots, dashes and underscores)";
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    KafkaOptions options =
        new KafkaOptions(
            Address.read(settings, PORT),
            Access.read(settings),
            settings.choice("mechanism", Mechanism.class).orElse(Mechanism.PLAIN),
            topics(settings),
            settings.required("group", "the name of a group of consumers, as in twinflow-gauges"),
            settings.choice("start", Start.class).orElse(Start.EARLIEST),
            settings.count("batch", 1).orElse(USUAL_BATCH));
    return new Receiver(settings.name(), new KafkaBroker(options));
  }

  private static List<String> topics(Settings settings) throws InvalidSettingException {
    List<String> topics = settings.texts("topics", TOPICS);
    if (topics.isEmpty() || !topics.stream().allMatch(topic -> TOPIC.matcher(topic).matches())) {
      throw settings.wrong("topics", TOPICS);
    }
    return topics;
  }
}
