package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.RecordValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that a process asks for and waits for.
 *
 * @param id the key under which it is submitted, so that it is done once
 * @param instance the process that asks; of a called process the caller
 * @param kind {@code run}, {@code tool}, {@code decide}, {@code mail}, {@code webhook} or {@code
 *     http}
 * @param payload what is asked for, all expressions evaluated
 * @param tries how often it could not be begun
 * @param reference what it is known by where it is done; null as long as nobody has named it
 */
public record Asked(
    UUID id,
    String tenant,
    String instance,
    String activity,
    String kind,
    RecordValue payload,
    Instant created,
    int tries,
    @Nullable String reference) {}
