package io.twinflow.triggers.source.bucket;

import io.twinflow.triggers.source.look.Looking;
import io.twinflow.triggers.source.look.LookingSource;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Lists the bucket of whose objects a source tells, now and then and when the source was away, so
 * that what nobody told is found.
 */
public final class Sweep implements LookingSource {

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
  public Looking looking() {
    return looking;
  }

  @Override
  public void close() {
    looking.close();
    bucket.close();
  }
}
