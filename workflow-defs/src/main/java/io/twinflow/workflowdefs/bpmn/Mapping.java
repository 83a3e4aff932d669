package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.bpmn.expression.Template;

/** A value that is given on under a name. */
public record Mapping(String name, Template value) {}
