package io.twinflow.triggers.source.bucket;

import io.twinflow.executors.api.settings.InvalidSettingException;
import io.twinflow.executors.api.settings.Settings;
import io.twinflow.triggers.source.Format;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceType;
import io.twinflow.triggers.source.broker.Receiver;
import java.time.Clock;

/** {@code type: bucket} in the configuration. */
public final class BucketType implements SourceType {

  private final Buckets buckets;

  public BucketType(Buckets buckets) {
    this.buckets = buckets;
  }

  @Override
  public String name() {
    return "bucket";
  }

  @Override
  public boolean makesEvents() {
    return true;
  }

  @Override
  public Format usualFormat() {
    return Format.S3;
  }

  @Override
  public Source open(Settings settings) throws InvalidSettingException {
    Bucket bucket = SweepSettings.bucket(settings, buckets);
    boolean listens = settings.isTrue("listen", false);
    Receiver listening = listens ? new Receiver(settings.name(), new ListenBroker(bucket)) : null;
    return new BucketSource(bucket, listening, Clock.systemUTC());
  }
}
