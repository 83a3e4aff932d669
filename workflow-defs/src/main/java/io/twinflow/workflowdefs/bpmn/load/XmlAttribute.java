package io.twinflow.workflowdefs.bpmn.load;

import io.twinflow.workflowdefs.source.Position;

/**
 * @param namespace empty for most
 * @param position where its value begins
 */
record XmlAttribute(String namespace, String name, String value, Position position) {}
