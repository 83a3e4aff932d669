package io.twinflow.engine.bpmn;

import io.twinflow.workflowdefs.value.RecordValue;
import org.jspecify.annotations.Nullable;

/**
 * The process that a message is for; of several that wait for it the one that has waited longest.
 *
 * @param subject whose process it is
 * @param instance null for any
 * @param where the values that variables of the process have
 */
public record Addressee(
    String tenant, String subject, @Nullable String instance, RecordValue where) {}
