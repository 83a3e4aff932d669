package io.twinflow.workflowdefs.bpmn;

/**
 * A result that is kept.
 *
 * @param name as the work calls it
 * @param variable as the process calls it
 */
public record Output(String name, String variable) {}
