package io.twinflow.engine.server.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run that waits, or has tasks that wait. */
@Schema(name = "QueuedRun")
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueueRow(
    @Schema(example = "20261120-093012-k3x9qa") String run,
    String subject,
    String workflow,
    int priority,
    @Nullable
        @Schema(description = "From 1; missing if the run has its turn and only tasks of it wait.")
        Long position,
    @Schema(description = "How many of its tasks are ready and wait for the site.") int tasks,
    Instant since,
    Waiting waiting) {}
