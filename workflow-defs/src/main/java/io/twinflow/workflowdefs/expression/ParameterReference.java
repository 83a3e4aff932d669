package io.twinflow.workflowdefs.expression;

import java.util.List;

/**
 * A parameter reference, taken apart: a root symbol and the way from it to a value. CWL v1.2,
 * "Parameter references".
 *
 * @param root {@code inputs}, {@code self}, {@code runtime}, {@code null} or another word, which
 *     means nothing
 */
record ParameterReference(String root, List<Segment> segments) {

  ParameterReference {
    segments = List.copyOf(segments);
  }

  /** One step from a value to a value within it. */
  sealed interface Segment {

    /** A field, written {@code .name}, {@code ['name']} or {@code ["name"]}. */
    record Field(String name) implements Segment {}

    /** An item of an array, written {@code [0]}. */
    record Index(int index) implements Segment {}
  }

  /** The reference up to, and without, a segment; for messages. */
  String upTo(int segment) {
    StringBuilder written = new StringBuilder(root);
    for (Segment step : segments.subList(0, segment)) {
      switch (step) {
        case Segment.Field(String name) -> {
          if (name.chars().allMatch(ParameterReferenceParser::isSymbolPart)) {
            written.append('.').append(name);
          } else {
            written.append("['").append(name.replace("'", "\\'")).append("']");
          }
        }
        case Segment.Index(int index) -> written.append('[').append(index).append(']');
      }
    }
    return written.toString();
  }
}
