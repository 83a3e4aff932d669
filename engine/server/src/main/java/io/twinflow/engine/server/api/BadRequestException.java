package io.twinflow.engine.server.api;

import java.util.List;

/** A request that is not formed as it must be. */
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  BadRequestException(List<Finding> findings) {
    super(findings.getFirst().message());
    this.findings = List.copyOf(findings);
  }

  /**
   * @param field of the body or the query
   */
  BadRequestException(String field, String message) {
    this(List.of(Finding.of(field, message)));
  }

  List<Finding> findings() {
    return findings;
  }
}
