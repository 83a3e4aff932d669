package io.twinflow.triggers.source.bucket;

import io.twinflow.executors.api.site.Finding;
import io.twinflow.triggers.source.Intake;
import io.twinflow.triggers.source.look.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists a bucket, part by part, and gives each part to the intake, which knows what is new. */
final class SweepLook implements Look {

  private static final Logger LOG = System.getLogger(SweepLook.class.getName());

  /** As many as stores put on a page. */
  private static final int TOGETHER = 1_000;

  private final Bucket bucket;
  private final SweepOptions options;
  private final Supplier<Instant> since;
  private final Clock clock;
  private Instant last = Instant.MIN;

  SweepLook(Bucket bucket, SweepOptions options, Supplier<Instant> since, Clock clock) {
    this.bucket = bucket;
    this.options = options;
    this.since = since;
    this.clock = clock;
  }

  @Override
  public Duration look(Intake intake) throws IOException {
    Instant now = clock.instant();
    boolean due = last.equals(Instant.MIN) || !now.isBefore(last.plus(options.every()));
    if (due || since.get().isAfter(last)) {
      int found = sweep(intake, from(intake, now), now);
      last = now;
      if (found > 0) {
        LOG.log(Level.INFO, "{0}: {1} objects of which nobody had told", bucket.place(), found);
      }
    }
    return Duration.between(clock.instant(), last.plus(options.every()));
  }

  private Instant from(Intake intake, Instant now) throws IOException {
    if (options.from() != null) {
      return options.from();
    }
    Optional<String> stored = intake.position();
    if (stored.isEmpty()) {
      intake.take(List.of(), now.toString());
      return now;
    }
    try {
      return Instant.parse(stored.get());
    } catch (DateTimeParseException e) {
      throw new IOException("its position is no time: " + stored.get(), e);
    }
  }

  private int sweep(Intake intake, Instant from, Instant now) throws IOException {
    Parts parts = new Parts(intake, now);
    try (Stream<ListedObject> all = bucket.list()) {
      for (Iterator<ListedObject> each = all.iterator(); each.hasNext(); ) {
        parts.add(each.next(), from);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    parts.give(null);
    return parts.found;
  }

  /** A listing that is cut into parts. */
  private final class Parts {

    private final Intake intake;
    private final Instant now;
    private final List<ListedObject> objects = new ArrayList<>();
    private String after = "";
    private String last = "";
    private int seen;
    private int found;

    Parts(Intake intake, Instant now) {
      this.intake = intake;
      this.now = now;
    }

    void add(ListedObject object, Instant from) throws IOException {
      String key = object.key();
      if (compare(key, last) <= 0 && !last.isEmpty()) {
        throw new IOException(
            "%s lists '%s' behind '%s'; expected keys in the order of their bytes, as S3 has them"
                .formatted(bucket.place(), key, last));
      }
      last = key;
      if (!object.modified().isBefore(from)) {
        objects.add(object);
      }
      if (++seen % TOGETHER == 0) {
        give(key);
      }
    }

    void give(@Nullable String to) throws IOException {
      Instant settled = now.minus(options.settle());
      found +=
          intake.takeNew(new ListingPart(bucket, after, to, objects, settled, clock.instant()));
      after = to == null ? "" : to;
      objects.clear();
    }
  }

  private static int compare(String key, String other) {
    return Arrays.compareUnsigned(
        key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Finding> check() {
    try {
      bucket.check();
      return List.of(Finding.good("sweep", bucket.place() + " can be listed"));
    } catch (IOException e) {
      return List.of(
          Finding.problem(
              "sweep", String.valueOf(e.getMessage()), "mend the bucket, or its account in --s3"));
    }
  }
}
