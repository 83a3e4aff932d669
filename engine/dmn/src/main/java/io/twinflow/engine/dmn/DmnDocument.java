package io.twinflow.engine.dmn;

import io.twinflow.workflowdefs.source.Problem;
import java.util.List;

/**
 * A document that was read and found right.
 *
 * @param digest the SHA-256 of its bytes, in hexadecimal digits: the version
 * @param decisions in the order of the document, at least one
 * @param main the one that no other decision of the document requires
 */
public record DmnDocument(
    String source, String digest, List<Decision> decisions, Decision main, List<Problem> warnings) {

  public DmnDocument {
    decisions = List.copyOf(decisions);
    warnings = List.copyOf(warnings);
  }
}
