package io.twinflow.triggers.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source is, in the words for its administrator.
 *
 * @param connected whether it receives now
 * @param since when that began
 * @param trouble why it does not receive, or what it waits for; null if all is well
 * @param taken messages since it was opened, those that came again too
 */
public record SourceState(boolean connected, Instant since, @Nullable String trouble, long taken) {}
