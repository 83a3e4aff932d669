package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;
import io.twinflow.workflowdefs.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * An arrow.
 *
 * @param condition null if it is always taken
 */
public record SequenceFlow(
    String id,
    @Nullable String name,
    String source,
    String target,
    @Nullable Template condition,
    Position position) {}
