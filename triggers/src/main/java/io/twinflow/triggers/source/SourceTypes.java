package io.twinflow.triggers.source;

import io.twinflow.triggers.source.amqp.AmqpType;
import io.twinflow.triggers.source.bucket.BucketType;
import io.twinflow.triggers.source.bucket.Buckets;
import io.twinflow.triggers.source.dcache.DcacheType;
import io.twinflow.triggers.source.folder.FolderType;
import io.twinflow.triggers.source.git.GitType;
import io.twinflow.triggers.source.kafka.KafkaType;
import io.twinflow.triggers.source.mqtt.MqttType;
import io.twinflow.triggers.source.nats.NatsType;
import io.twinflow.triggers.source.push.PushType;
import io.twinflow.triggers.source.schedule.ScheduleType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of sources that there are, by their names. */
public final class SourceTypes {

  private final Map<String, SourceType> types = new LinkedHashMap<>();

  public SourceTypes(SourceType... types) {
    for (SourceType type : types) {
      this.types.put(type.name(), type);
    }
  }

  /**
   * All that need nothing more of a server.
   *
   * @param buckets that can be listed
   */
  public static SourceTypes all(Buckets buckets) {
    return new SourceTypes(
        new KafkaType(),
        new MqttType(),
        new AmqpType(),
        new NatsType(),
        new PushType(),
        new ScheduleType(),
        new FolderType(),
        new DcacheType(),
        new GitType(),
        new BucketType(buckets));
  }

  /** These and one more. */
  public SourceTypes and(SourceType type) {
    SourceTypes more = new SourceTypes(types.values().toArray(SourceType[]::new));
    more.types.put(type.name(), type);
    return more;
  }

  public Optional<SourceType> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** For a message that says what could have been written. */
  public Set<String> names() {
    return types.keySet();
  }
}
