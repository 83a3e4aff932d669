package io.twinflow.triggers.source.bucket;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.Source;
import io.twinflow.triggers.source.SourceState;
import io.twinflow.triggers.source.broker.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket that is listed now and then; one of MinIO tells by itself too. */
public final class BucketSource implements Source {

  private static final Duration SETTLE = Duration.ofMinutes(1);

  private final Bucket bucket;
  private final @Nullable Receiver listening;
  private final Instant opened;

  BucketSource(Bucket bucket, @Nullable Receiver listening, Clock clock) {
    this.bucket = bucket;
    this.listening = listening;
    this.opened = clock.instant();
  }

  Bucket bucket() {
    return bucket;
  }

  /** So long a notification may be under way. */
  Duration settle() {
    return listening == null ? Duration.ZERO : SETTLE;
  }

  @Override
  public void start(Intake intake) {
    if (listening != null) {
      listening.start(intake);
    }
  }

  @Override
  public SourceState state() {
    return listening == null ? new SourceState(true, opened, null, 0) : listening.state();
  }

  @Override
  public List<Finding> check() {
    return listening == null ? List.of() : listening.check();
  }

  /** The bucket is closed by its sweep. */
  @Override
  public void close() {
    if (listening != null) {
      listening.close();
    }
  }
}
