package io.twinflow.workflowdefs.bpmn;

import io.twinflow.workflowdefs.source.Position;

/**
 * What undoes an activity: the association from a boundary event at it to a handler. BPMN 2.0,
 * section 10.5.6.
 *
 * @param event the boundary event
 * @param handler the activity that is done instead of an arrow being taken
 */
public record Undoing(String event, String handler, Position position) {}
