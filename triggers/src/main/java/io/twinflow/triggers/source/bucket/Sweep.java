package io.twinflow.triggers.source.bucket;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import io.twinflow.triggers.source.look.Looking;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lists the bucket of whose objects a source tells, now and then and when the source was away, so
 * that what nobody told is found.
 */
public final class Sweep implements Source {

  private final Bucket bucket;
  private final Looking looking;

  /**
   * @param since when the source began to receive without a gap
   */
  Sweep(String name, Bucket bucket, SweepOptions options, Supplier<Instant> since, Clock clock) {
    this.bucket = bucket;
    this.looking =
        new Looking(name + " (sweep)", new SweepLook(bucket, options, since, clock), clock);
  }

  public Bucket bucket() {
    return bucket;
  }

  @Override
  public void start(Intake intake) {
    looking.start(intake);
  }

  @Override
  public SourceState state() {
    return looking.state();
  }

  @Override
  public List<Finding> check() {
    return looking.check();
  }

  @Override
  public void close() {
    looking.close();
    bucket.close();
  }
}
