package io.twinflow.triggers.rule;

import io.twinflow.workflowdefs.source.Position;

/**
 * What looks at the data before a run begins: a run of another workflow, which succeeds if they are
 * good.
 *
 * @param workflow what the catalogue knows it by
 */
public record Check(String workflow, Position workflowPlace, Mapping mapping) {}
