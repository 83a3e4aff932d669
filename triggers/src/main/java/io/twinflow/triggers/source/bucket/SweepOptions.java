package io.twinflow.triggers.source.bucket;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param every so often the bucket is listed
 * @param settle so long a notification may be under way before a listing tells of an object
 * @param from what was made before is not told; null for when it was first listed
 */
record SweepOptions(Duration every, Duration settle, @Nullable Instant from) {}
