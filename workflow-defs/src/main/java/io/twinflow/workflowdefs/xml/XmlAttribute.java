package io.twinflow.workflowdefs.xml;

import io.twinflow.workflowdefs.source.Position;

/**
 * @param namespace empty for most
 * @param position where its value begins
 */
public record XmlAttribute(String namespace, String name, String value, Position position) {}
