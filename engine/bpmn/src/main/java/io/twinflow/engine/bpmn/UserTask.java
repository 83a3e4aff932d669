package io.twinflow.engine.bpmn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work for a person.
 *
 * @param activity its id in the process
 * @param assignee whose it is, or null as long as nobody has claimed it
 */
public record UserTask(
    String id,
    String instance,
    String process,
    String activity,
    @Nullable String name,
    @Nullable String assignee,
    Instant created,
    @Nullable Instant due) {}
