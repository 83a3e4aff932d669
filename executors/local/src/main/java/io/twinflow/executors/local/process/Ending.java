package io.twinflow.executors.local.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended.
 *
 * @param code its exit code; 0 if a signal ended it
 * @param signal the signal that ended it, or 0
 * @param cpuTime of it and the children it waited for; null if unknown
 * @param peakMemoryBytes the largest resident set of any of them; null if unknown
 */
public record Ending(
    int code, int signal, @Nullable Duration cpuTime, @Nullable Long peakMemoryBytes) {}
