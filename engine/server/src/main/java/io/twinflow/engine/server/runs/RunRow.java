package io.twinflow.engine.server.runs;

import io.twinflow.engine.core.RunId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it.
 *
 * @param priority among the runs of its subject
 * @param created UTC
 * @param started when its turn came; null while it waits in the queue
 * @param ended null while it has not ended
 * @param failure what went wrong, in a line; null if nothing did
 */
public record RunRow(
    RunId id,
    String subject,
    String workflow,
    Kind kind,
    String version,
    PublicState state,
    int priority,
    Map<String, String> labels,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String failure) {}
